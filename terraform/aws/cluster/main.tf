data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  create = var.existing == null
  name   = "hangar-${var.deployment}"
}

resource "aws_cloudwatch_log_group" "control_plane" {
  #checkov:skip=CKV_AWS_158: CloudWatch Logs encrypts at rest with its own key; secrets' contents are not in control-plane logs.
  #checkov:skip=CKV_AWS_338: The retention is the deployment's choice (cluster.logRetentionDays).
  count = local.create ? 1 : 0

  name              = "/aws/eks/${local.name}/cluster"
  retention_in_days = var.log_retention_days
}

resource "aws_eks_cluster" "this" {
  #checkov:skip=CKV_AWS_39: The public endpoint exists only where ranges are given, and for these only.
  count = local.create ? 1 : 0

  name                      = local.name
  version                   = var.kubernetes_version
  role_arn                  = aws_iam_role.cluster[0].arn
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  # Access by EKS access entries alone: no aws-auth map to fall out of step. Managed node groups add their own entry.
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = true
  }

  vpc_config {
    subnet_ids              = var.subnet_ids
    endpoint_private_access = true
    endpoint_public_access  = length(var.public_access_cidrs) > 0
    public_access_cidrs     = length(var.public_access_cidrs) > 0 ? var.public_access_cidrs : null
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.secrets[0].arn
    }
  }

  # The mode API cannot be left again, and EKS does not tell whether the creator was made an administrator: a cluster that
  # recovery imports would be replaced for it.
  lifecycle {
    ignore_changes = [access_config]
  }

  depends_on = [
    aws_iam_role_policy_attachment.cluster,
    aws_iam_role_policy.keep_log_group,
    aws_cloudwatch_log_group.control_plane,
  ]
}

# No thumbprint: IAM verifies EKS issuers by its own trusted authorities.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
resource "aws_iam_openid_connect_provider" "this" {
  count = local.create ? 1 : 0

  url            = aws_eks_cluster.this[0].identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]

  tags = { Name = local.name }
}
