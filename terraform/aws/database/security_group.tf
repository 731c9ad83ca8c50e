data "aws_vpc" "existing" {
  count = var.existing_network ? 1 : 0

  id = var.network_id
}

locals {
  client_cidrs = var.existing_network ? toset([
    for association in data.aws_vpc.existing[0].cidr_block_associations : association.cidr_block if association.state == "associated"
  ]) : toset([var.network_cidr])
}

resource "aws_security_group" "this" {
  name        = "${local.name}-database"
  description = "PostgreSQL of ${local.name}"
  vpc_id      = var.network_id

  tags = { Name = "${local.name}-database" }

  lifecycle {
    create_before_destroy = true
  }
}

# The network's own range rather than the cluster's security group: the database is made at the same time as the cluster.
resource "aws_vpc_security_group_ingress_rule" "postgresql" {
  for_each = local.client_cidrs

  security_group_id = aws_security_group.this.id
  description       = "PostgreSQL from inside the network"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
}
