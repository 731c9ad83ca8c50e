variable "deployment" {
  description = "Name of the deployment; part of the name of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){2,23}$", var.deployment)) && length(var.deployment) <= 24
    error_message = "deployment must be 3 to 24 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "nat" {
  description = "`single`: one NAT gateway for all zones; `zone`: one in each zone, so that a zone's failure stays in it."
  type        = string
  default     = "single"

  validation {
    condition     = contains(["single", "zone"], var.nat)
    error_message = "nat must be single or zone."
  }
}

variable "public_subnet_ids" {
  description = "Public subnets, in the order of the zones."
  type        = list(string)
}

variable "private_route_table_ids" {
  description = "Route tables of the private subnets, in the order of the zones; each gets a default route."
  type        = list(string)

  validation {
    condition     = length(var.private_route_table_ids) > 0
    error_message = "There must be a private route table."
  }

  validation {
    condition     = length(var.private_route_table_ids) <= length(var.public_subnet_ids)
    error_message = "There must be a public subnet for each private route table, in the same order."
  }
}
