data "aws_eks_node_groups" "existing" {
  count = local.create ? 0 : 1

  cluster_name = var.cluster_name
}

data "aws_eks_node_group" "existing" {
  for_each = local.create ? toset([]) : data.aws_eks_node_groups.existing[0].names

  cluster_name    = var.cluster_name
  node_group_name = each.value
}
