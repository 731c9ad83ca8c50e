data "aws_partition" "current" {}
data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  name      = "hangar-${var.deployment}"
  account   = data.aws_caller_identity.current.account_id
  region    = data.aws_region.current.name
  partition = data.aws_partition.current.partition

  notifications_queue = "${local.name}-notifications"
  scheduler_queue     = "${local.name}-scheduler"
  # FlyteAdmin names its rules <prefix>_<number>.
  scheduler_rule_prefix = local.name

  # The queues that are wanted, by name, with who may send to them and from where. ARNs are built, not read:
  # the policies are then part of the queues and known when planning.
  queues = merge(
    var.notifications ? {
      (local.notifications_queue) = {
        service = "sns.amazonaws.com"
        source  = "arn:${local.partition}:sns:${local.region}:${local.account}:${local.name}-notifications"
      }
    } : {},
    var.scheduler ? {
      (local.scheduler_queue) = {
        service = "events.amazonaws.com"
        source  = "arn:${local.partition}:events:${local.region}:${local.account}:rule/${local.scheduler_rule_prefix}_*"
      }
    } : {},
  )
}
