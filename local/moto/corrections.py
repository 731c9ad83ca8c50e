"""Where moto differs from AWS in a way that would lead Hangar astray, put right."""

import secrets

from moto.eks.models import Cluster
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.rds.models import RDSBackend


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


def tell_clusters_apart():
    """moto gives every EKS cluster of its process one OIDC issuer; on AWS each has its own."""
    made = Cluster.__init__

    def make(self, *args, **kwargs):
        made(self, *args, **kwargs)
        base = self.identity["oidc"]["issuer"].rsplit("/", 1)[0]
        self.identity["oidc"]["issuer"] = f"{base}/{secrets.token_hex(16).upper()}"

    Cluster.__init__ = make
