data "aws_vpc" "existing" {
  count = local.create ? 0 : 1

  id = var.existing.id
}

data "aws_subnet" "existing" {
  for_each = local.create ? toset([]) : toset(concat(
    var.existing.public_subnet_ids,
    var.existing.private_subnet_ids,
    var.existing.database_subnet_ids,
  ))

  id = each.value

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.existing.id
      error_message = "Subnet ${self.id} is in ${self.vpc_id}, not in the given network ${var.existing.id}."
    }
  }
}

locals {
  existing_zones = local.create ? [] : sort(distinct([for id in var.existing.private_subnet_ids : data.aws_subnet.existing[id].availability_zone]))
}
