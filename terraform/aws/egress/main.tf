locals {
  create    = var.existing_network_id == null
  name      = "hangar-${var.deployment}"
  routes    = local.create ? length(var.private_route_table_ids) : 0
  nat_count = local.create ? (var.nat == "zone" ? local.routes : 1) : 0
}

resource "aws_eip" "nat" {
  #checkov:skip=CKV2_AWS_19: The address belongs to a NAT gateway, not to an instance.
  count = local.nat_count

  domain = "vpc"

  tags = { Name = "${local.name}-nat-${count.index}" }
}

resource "aws_nat_gateway" "this" {
  count = local.nat_count

  allocation_id = aws_eip.nat[count.index].id
  subnet_id     = var.public_subnet_ids[count.index]

  tags = { Name = "${local.name}-${count.index}" }
}

resource "aws_route" "default" {
  count = local.routes

  route_table_id         = var.private_route_table_ids[count.index]
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[min(count.index, local.nat_count - 1)].id
}

data "aws_nat_gateways" "existing" {
  count = local.create ? 0 : 1

  vpc_id = var.existing_network_id

  filter {
    name   = "state"
    values = ["available"]
  }
}

data "aws_nat_gateway" "existing" {
  for_each = local.create ? toset([]) : toset(data.aws_nat_gateways.existing[0].ids)

  id = each.value
}
