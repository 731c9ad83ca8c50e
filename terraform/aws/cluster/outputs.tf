locals {
  # A list of one: both objects have the attributes that the outputs need.
  cluster = one(concat(
    [for c in aws_eks_cluster.this : { name = c.name, version = c.version, endpoint = c.endpoint, issuer = c.identity[0].oidc[0].issuer, security_group_id = c.vpc_config[0].cluster_security_group_id }],
    [for c in data.aws_eks_cluster.existing : { name = c.name, version = c.version, endpoint = c.endpoint, issuer = c.identity[0].oidc[0].issuer, security_group_id = c.vpc_config[0].cluster_security_group_id }],
  ))
}

output "cluster_name" {
  description = "Name of the cluster."
  value       = local.cluster.name
}

output "cluster_version" {
  description = "Kubernetes minor version of the control plane."
  value       = local.cluster.version
}

output "cluster_endpoint" {
  description = "Address of the Kubernetes API."
  value       = local.cluster.endpoint
}

output "oidc_issuer" {
  description = "Issuer of the cluster's service account tokens, without https://."
  value       = replace(local.cluster.issuer, "https://", "")
}

output "oidc_provider_id" {
  description = "ARN of the IAM OIDC provider that stands for the issuer."
  value       = local.create ? aws_iam_openid_connect_provider.this[0].arn : data.aws_iam_openid_connect_provider.existing[0].arn
}

output "cluster_security_group_id" {
  description = "The security group that EKS made for the control plane and managed nodes."
  value       = local.cluster.security_group_id
}
