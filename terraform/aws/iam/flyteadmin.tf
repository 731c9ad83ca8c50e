# FlyteAdmin writes inputs and closures, and signs addresses for up- and downloads with its own permissions. In the binary
# distribution it is all of Flyte; what the other components may, it may anyway.
data "aws_iam_policy_document" "flyteadmin" {
  source_policy_documents = [data.aws_iam_policy_document.bucket_read_write.json]

  statement {
    sid       = "Publish"
    actions   = ["sns:Publish"]
    resources = compact([var.events_topic_id, var.notifications_topic_id])
  }

  dynamic "statement" {
    for_each = length(local.flyteadmin_queues) > 0 ? [local.flyteadmin_queues] : []

    content {
      sid       = "Consume"
      actions   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]
      resources = statement.value
    }
  }

  # Topics are encrypted with AWS's key for SNS.
  statement {
    sid       = "TopicKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["arn:${local.partition}:kms:${local.region}:${local.account}:key/*"]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["sns.${local.region}.${data.aws_partition.current.dns_suffix}"]
    }

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = ["alias/aws/sns"]
    }
  }

  dynamic "statement" {
    for_each = var.mail_domain == null ? [] : [var.mail_domain]

    content {
      sid       = "Mail"
      actions   = ["ses:SendEmail"]
      resources = ["arn:${local.partition}:ses:${local.region}:${local.account}:identity/${statement.value}"]
    }
  }

  dynamic "statement" {
    for_each = local.scheduler ? [var.scheduler_rule_prefix] : []

    content {
      sid       = "ScheduleRules"
      actions   = ["events:DeleteRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets"]
      resources = ["arn:${local.partition}:events:${local.region}:${local.account}:rule/${statement.value}_*"]
    }
  }

  dynamic "statement" {
    for_each = local.scheduler ? [local.scheduler_target_role] : []

    content {
      sid     = "PassSchedulerTarget"
      actions = ["iam:PassRole"]
      # By name, not by reference: the policy is then known when planning.
      resources = ["arn:${local.partition}:iam::${local.account}:role/${statement.value}"]

      condition {
        test     = "StringEquals"
        variable = "iam:PassedToService"
        values   = ["events.amazonaws.com"]
      }
    }
  }
}

locals {
  flyteadmin_queues = compact([var.notifications_queue_id, var.scheduler_queue_id])
}
