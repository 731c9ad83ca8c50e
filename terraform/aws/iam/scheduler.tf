# The role that EventBridge takes on to deliver FlyteAdmin's schedules (`scheduler: cloud`).

locals {
  scheduler             = var.scheduler_queue_id != null
  scheduler_target_role = "${local.role_prefix}-schedules"
}

data "aws_iam_policy_document" "scheduler_target_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "scheduler_target" {
  count = local.scheduler ? 1 : 0

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [var.scheduler_queue_id]
  }
}

resource "aws_iam_role" "scheduler_target" {
  count = local.scheduler ? 1 : 0

  name               = local.scheduler_target_role
  description        = "EventBridge, to deliver schedules of Flyte deployment ${var.deployment}"
  assume_role_policy = data.aws_iam_policy_document.scheduler_target_trust.json
}

resource "aws_iam_role_policy" "scheduler_target" {
  count = local.scheduler ? 1 : 0

  name   = "send-schedules"
  role   = aws_iam_role.scheduler_target[0].id
  policy = data.aws_iam_policy_document.scheduler_target[0].json
}
