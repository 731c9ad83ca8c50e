data "aws_partition" "current" {}
data "aws_region" "current" {}
data "aws_default_tags" "current" {}

locals {
  create = length(var.pools) > 0
  name   = "hangar-${var.deployment}"
  pools  = { for pool in var.pools : pool.name => pool }

  # AWS's own AMIs. Bottlerocket for GPUs, because it brings NVIDIA's device plugin with it:
  # https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html
  arm = { for name, pool in local.pools : name => can(regex("^(a1|[a-z]+[0-9]+g[a-z]*)\\.", pool.instance_types[0])) }
  ami_types = {
    for name, pool in local.pools : name => (
      pool.gpu
      ? (local.arm[name] ? "BOTTLEROCKET_ARM_64_NVIDIA" : "BOTTLEROCKET_x86_64_NVIDIA")
      : (local.arm[name] ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD")
    )
  }
}

resource "aws_eks_node_group" "this" {
  for_each = local.pools

  cluster_name    = var.cluster_name
  node_group_name = each.key
  node_role_arn   = aws_iam_role.node[0].arn
  subnet_ids      = var.subnet_ids
  version         = var.cluster_version
  ami_type        = local.ami_types[each.key]
  capacity_type   = each.value.spot ? "SPOT" : "ON_DEMAND"
  instance_types  = each.value.instance_types
  labels          = each.value.labels

  scaling_config {
    min_size     = each.value.min_size
    max_size     = each.value.max_size
    desired_size = each.value.min_size
  }

  update_config {
    max_unavailable_percentage = 33
  }

  launch_template {
    id      = aws_launch_template.this[each.key].id
    version = aws_launch_template.this[each.key].latest_version
  }

  dynamic "taint" {
    for_each = each.value.taints

    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = taint.value.effect
    }
  }

  # The cluster autoscaler sets it.
  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }

  # A node without these policies never becomes ready, and one that loses them first cannot be drained.
  depends_on = [aws_iam_role_policy_attachment.node]
}
