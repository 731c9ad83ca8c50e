data "aws_partition" "current" {}
data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

# Zones in which EKS cannot place a control plane are left out:
# https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
data "aws_availability_zones" "available" {
  count = local.create ? 1 : 0

  state            = "available"
  exclude_zone_ids = ["use1-az3", "usw1-az2", "cac1-az3"]

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  create     = var.existing == null
  name       = "hangar-${var.deployment}"
  zone_count = 3
  zones      = local.create ? slice(data.aws_availability_zones.available[0].names, 0, min(local.zone_count, length(data.aws_availability_zones.available[0].names))) : []

  # The range in quarters: one a zone for nodes and pods, the last one for the small subnets. /16 gives /18 and /21.
  private_cidrs  = [for i in range(length(local.zones)) : cidrsubnet(var.cidr, 2, i)]
  public_cidrs   = [for i in range(length(local.zones)) : cidrsubnet(var.cidr, 5, 24 + i)]
  database_cidrs = [for i in range(length(local.zones)) : cidrsubnet(var.cidr, 5, 28 + i)]
}

resource "aws_vpc" "this" {
  count = local.create ? 1 : 0

  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = local.name }

  lifecycle {
    precondition {
      condition     = length(local.zones) >= 2
      error_message = "The region has fewer than two availability zones that EKS and Aurora can use."
    }
  }
}

# Adopted so that nothing can be reached through it: every workload gets a security group of its own.
resource "aws_default_security_group" "this" {
  count = local.create ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = { Name = "${local.name}-default-locked" }
}

resource "aws_internet_gateway" "this" {
  count = local.create ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = { Name = local.name }
}
