data "aws_partition" "current" {}
data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  account   = data.aws_caller_identity.current.account_id

  # Roles are the account's, not a region's. 64 characters at most: 7 + 24 + 1 + 14 + 1 + 14 = 61.
  role_prefix = "hangar-${var.deployment}-${local.region}"
  role_names = {
    flyteadmin               = "flyteadmin"
    flytepropeller           = "flytepropeller"
    datacatalog              = "datacatalog"
    flytescheduler           = "flytescheduler"
    task                     = "task"
    load-balancer-controller = "lb-controller"
    cluster-autoscaler       = "autoscaler"
  }

  # Flyte's native scheduler talks to FlyteAdmin and the database only: its role permits nothing.
  policies = {
    flyteadmin               = data.aws_iam_policy_document.flyteadmin.json
    flytepropeller           = data.aws_iam_policy_document.flytepropeller.json
    datacatalog              = data.aws_iam_policy_document.datacatalog.json
    task                     = data.aws_iam_policy_document.task.json
    load-balancer-controller = data.aws_iam_policy_document.load_balancer_controller.json
    cluster-autoscaler       = data.aws_iam_policy_document.cluster_autoscaler.json
  }
}

data "aws_iam_policy_document" "trust" {
  for_each = var.service_accounts

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [var.oidc_provider_id]
    }

    condition {
      test     = "StringEquals"
      variable = "${var.oidc_issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "${var.oidc_issuer}:sub"
      values   = [for account in each.value : "system:serviceaccount:${replace(account, "/", ":")}"]
    }
  }
}

resource "aws_iam_role" "this" {
  for_each = local.role_names

  name               = "${local.role_prefix}-${each.value}"
  description        = "${each.key} of Flyte deployment ${var.deployment}"
  assume_role_policy = data.aws_iam_policy_document.trust[each.key].json

  lifecycle {
    precondition {
      # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space is not counted.
      condition     = length(jsonencode(jsondecode(data.aws_iam_policy_document.trust[each.key].json))) <= 2048
      error_message = "The role ${each.key} would trust too many service accounts: its trust policy is over IAM's 2048 characters. Use fewer projects or domains (about 25 together), or split the deployment."
    }
  }
}

resource "aws_iam_role_policy" "this" {
  for_each = local.policies

  name   = each.key
  role   = aws_iam_role.this[each.key].id
  policy = each.value
}
