"""moto's server with two paths more.

GET /_hangar/resources lists whatever any emulated service still holds.
GET /_hangar/secrets/KEY gives the secret of an emulated access key: the EKS token webhook checks signatures with it.

moto's own /moto-api/data.json lists every object ever made, the deleted ones too. This looks into the services'
stores instead, so nothing that is really there can be missed by a forgotten list call.
Usage: server.py PORT
"""

import json
import os
import signal
import sys
from collections.abc import Mapping

from moto.core.base_backend import AccountSpecificBackend, BackendDict
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from moto.rds.models import RDSBackend
from werkzeug.serving import run_simple

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


def secret_of(access_key):
    """The secret of an emulated user's or role session's access key; None when nobody has that key."""
    for backends in list(BackendDict._instances):
        if backends.service_name not in ("iam", "sts"):
            continue
        for _, _, backend in list(backends.iter_backends()):
            for session in getattr(backend, "assumed_roles", []):
                if session.access_key_id == access_key:
                    return session.secret_access_key
            for user in getattr(backend, "users", {}).values():
                for key in user.access_keys:
                    if key.access_key_id == access_key and key.status == "Active":
                        return key.secret_access_key
    return None


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


def forget_automated_snapshots():
    """moto keeps a database's automated snapshots when the database goes; on AWS Aurora's go with their cluster."""
    delete_cluster, delete_instance = RDSBackend.delete_db_cluster, RDSBackend.delete_db_instance

    def forget(snapshots, owner):
        for identifier in [i for i, s in snapshots.items() if s.snapshot_type == "automated" and owner(s)]:
            del snapshots[identifier]

    def cluster_gone(self, cluster_identifier, *args, **kwargs):
        cluster = delete_cluster(self, cluster_identifier, *args, **kwargs)
        forget(self.cluster_snapshots, lambda s: s.cluster.db_cluster_identifier == cluster.db_cluster_identifier)
        return cluster

    def instance_gone(self, db_instance_identifier, *args, **kwargs):
        instance = delete_instance(self, db_instance_identifier, *args, **kwargs)
        if instance.db_cluster_identifier:
            forget(self.database_snapshots, lambda s: s.database.db_instance_identifier == instance.db_instance_identifier)
        return instance

    RDSBackend.delete_db_cluster, RDSBackend.delete_db_instance = cluster_gone, instance_gone


def deny_no_more_than_meant():
    """moto denies by a statement whose condition it does not look at: TLS-only bucket policies would deny everything.

    The local cloud is spoken to in clear text on the loopback interface and stands for TLS.
    """
    permitted = IAMPolicyStatement.is_action_permitted

    def is_action_permitted(self, *args, **kwargs):
        if self._statement.get("Effect") == "Deny" and self._statement.get("Condition"):
            return PermissionResult.NEUTRAL
        return permitted(self, *args, **kwargs)

    IAMPolicyStatement.is_action_permitted = is_action_permitted


def main():
    port = int(sys.argv[1])
    os.environ["MOTO_PORT"] = str(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    remember_baselines()
    forget_automated_snapshots()
    deny_no_more_than_meant()
    moto = DomainDispatcherApplication(create_backend_app)

    def application(environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path == "/_hangar/resources":
            answer = inventory()
        elif path.startswith("/_hangar/secrets/"):
            answer = {"secret": secret_of(path.removeprefix("/_hangar/secrets/"))}
        else:
            return moto(environ, start_response)
        body = json.dumps(answer).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    run_simple("127.0.0.1", port, application, threaded=True, request_handler=MotoRequestHandler)


if __name__ == "__main__":
    main()
