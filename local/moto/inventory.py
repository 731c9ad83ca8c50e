"""Lists whatever any emulated service still holds, out of moto's own stores.

moto's /moto-api/data.json lists every object ever made, the deleted ones too, and a list of list calls can forget a
kind of resource.
"""

from collections.abc import Mapping

from moto.core.base_backend import AccountSpecificBackend, BackendDict

# What a service holds the moment it comes to life: the default network, AWS-managed policies, default parameter groups.
BASELINE: dict[tuple[str, str, str], set[tuple[str, str]]] = {}

# Kept in memory by moto as AWS lists them for a while: no longer there, nobody pays for them.
GONE_STATES = {"deleted", "terminated", "delete_complete", "deleting", "inactive"}
# Cannot be deleted at once on AWS either.
PENDING_STATES = {"pendingdeletion", "pending_deletion"}

# What moto keeps for its own book-keeping: not resources of an account.
NOT_RESOURCES = {
    ("ec2", "tags"),
    ("ec2", "ami_ids"),
    ("ec2", "images"),
    ("ec2", "amis"),
    ("ec2", "snapshots_public"),
    ("iam", "login_profiles"),
    ("logs", "log_group_retention"),
    ("rds", "events"),
    ("rds", "resource_map"),
    ("sts", "assumed_roles"),
}


def walk(store, path=(), depth=0):
    """Yields (key, object) of every object of moto's inside nested mappings and lists."""
    if isinstance(store, Mapping):
        items = list(store.items())
    elif isinstance(store, (list, set, tuple)):
        items = [(identity(value, index), value) for index, value in enumerate(list(store))]
    else:
        return
    for key, value in items:
        where = (*path, str(key))
        if isinstance(value, (Mapping, list, set, tuple)):
            if depth < 4:
                yield from walk(value, where, depth + 1)
        elif type(value).__module__.startswith("moto."):
            yield where, value


def identity(value, index):
    for name in ("arn", "id", "resource_id", "name", "physical_resource_id"):
        found = getattr(value, name, None)
        if isinstance(found, str):
            return found
    return str(index)


def state_of(value):
    for name in ("state", "status", "key_state", "lifecycle_state"):
        try:
            found = getattr(value, name, None)
        except Exception:  # a property that needs more than is there yet
            continue
        found = getattr(found, "value", getattr(found, "name", found))
        if isinstance(found, str):
            return found
    if getattr(value, "deleted_date", None) or getattr(value, "deletion_date", None):
        return "PendingDeletion"
    return ""


def outlived_its_network(service, backend, value):
    """moto forgets to delete a network's default ACL with it; on AWS nothing outlives its network."""
    network = getattr(value, "vpc_id", None) if service == "ec2" else None
    return isinstance(network, str) and network not in backend.vpcs


def managed_by_aws(service, path, value):
    """What AWS makes in an account at its first use and nobody can delete: the keys of alias/aws/…, default parameter groups."""
    if service == "kms":
        return any(alias.startswith("alias/aws/") for alias in getattr(value, "aliases", ()))
    return service == "rds" and path[-1].startswith("default.")


def expires_by_itself(service, path):
    """Keys of assumed roles: they belong to nobody and end within hours."""
    return service == "iam" and path[-1].startswith("ASIA")


def held(service, backend):
    for attribute, store in list(vars(backend).items()):
        if attribute.startswith("__") or (service, attribute) in NOT_RESOURCES:
            continue
        for path, value in walk(store):
            if outlived_its_network(service, backend, value) or managed_by_aws(service, path, value):
                continue
            if expires_by_itself(service, path):
                continue
            yield attribute, "/".join(path), value


def inventory():
    resources = []
    for backends in list(BackendDict._instances):
        for account, region, backend in list(backends.iter_backends()):
            service = backends.service_name
            known = BASELINE.get((service, account, region), set())
            for attribute, identifier, value in held(service, backend):
                state = state_of(value)
                if (attribute, identifier) in known or state.lower() in GONE_STATES:
                    continue
                resources.append(
                    {
                        "service": service,
                        "region": region,
                        "type": type(value).__name__,
                        "store": attribute.lstrip("_"),
                        "id": identifier,
                        "pendingDeletion": state.lower() in PENDING_STATES,
                    }
                )
    return resources


def remember_baselines():
    original = AccountSpecificBackend.__getitem__

    def getitem(self, region_name):
        region = "aws" if region_name == "global" else region_name
        new = region not in self.keys()
        backend = original(self, region_name)
        key = (self.service_name, self.account_id, region)
        if new and key not in BASELINE:
            BASELINE[key] = {(attribute, identifier) for attribute, identifier, _ in held(self.service_name, backend)}
        return backend

    AccountSpecificBackend.__getitem__ = getitem
