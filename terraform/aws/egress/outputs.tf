output "nat_addresses" {
  description = "Public addresses that the private subnets' traffic leaves from. Empty for an existing network that leaves by other ways (a transit gateway, a proxy)."
  value       = local.create ? aws_eip.nat[*].public_ip : sort(compact([for nat in data.aws_nat_gateway.existing : nat.public_ip]))
}
