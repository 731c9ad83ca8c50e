output "node_pools" {
  description = "Names of the node pools."
  value       = local.create ? sort([for group in aws_eks_node_group.this : group.node_group_name]) : sort([for group in data.aws_eks_node_group.existing : group.node_group_name])
}

output "node_role_id" {
  description = "ARN of the nodes' role; empty where an existing cluster has no managed node group."
  value       = local.create ? aws_iam_role.node[0].arn : try(sort([for group in data.aws_eks_node_group.existing : group.node_role_arn])[0], "")
}
