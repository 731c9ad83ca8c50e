output "network_id" {
  description = "Id of the VPC."
  value       = local.create ? aws_vpc.this[0].id : data.aws_vpc.existing[0].id

  precondition {
    condition     = local.create || length(local.existing_zones) >= 2
    error_message = "The given private subnets are all in one availability zone; EKS needs two at least."
  }
}

output "network_cidr" {
  description = "The VPC's (first) IPv4 range."
  value       = local.create ? aws_vpc.this[0].cidr_block : data.aws_vpc.existing[0].cidr_block
}

output "zones" {
  description = "Availability zones, in the order of the subnets made here."
  value       = local.create ? local.zones : local.existing_zones
}

output "public_subnet_ids" {
  description = "Subnets for load balancers and NAT gateways."
  value       = local.create ? aws_subnet.public[*].id : var.existing.public_subnet_ids
}

output "private_subnet_ids" {
  description = "Subnets for the control plane's interfaces, nodes and pods."
  value       = local.create ? aws_subnet.private[*].id : var.existing.private_subnet_ids
}

output "database_subnet_ids" {
  description = "Subnets for databases; no route leads out of those made here."
  value       = local.create ? aws_subnet.database[*].id : var.existing.database_subnet_ids
}

output "private_route_table_ids" {
  description = "Route tables of the private subnets, in the order of `zones`, for the egress module; empty for an existing network, whose routes are its owner's."
  value       = aws_route_table.private[*].id
}
