locals {
  name      = "hangar-${var.deployment}"
  nat_count = var.nat == "zone" ? length(var.private_route_table_ids) : 1
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
  count = length(var.private_route_table_ids)

  route_table_id         = var.private_route_table_ids[count.index]
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[min(count.index, local.nat_count - 1)].id
}
