variable "deployment" {
  description = "Name of the deployment; part of the name of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){2,23}$", var.deployment)) && length(var.deployment) <= 24
    error_message = "deployment must be 3 to 24 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "cidr" {
  description = "IPv4 range of the network; the subnets are cut from it. Not used with `existing`."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(cidrhost(var.cidr, 0) == split("/", var.cidr)[0], false)
    error_message = "cidr must be an IPv4 range that starts at its network address, such as 10.0.0.0/16."
  }

  validation {
    condition     = try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 20, false)
    error_message = "cidr must be from /16 (the largest AWS allows) to /20 (below which nodes and pods run out of addresses)."
  }
}

variable "flow_logs" {
  description = "Whether to log the network's flows to CloudWatch Logs. Not used with `existing`."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "How long flow logs are kept, in days; one of the values that CloudWatch Logs takes."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a retention that CloudWatch Logs knows, such as 7, 30 or 365."
  }
}

variable "existing" {
  description = "A network that is already there. It is looked up and checked; nothing is made and nothing in it is changed."
  type = object({
    id                  = string
    public_subnet_ids   = list(string)
    private_subnet_ids  = list(string)
    database_subnet_ids = list(string)
  })
  default = null

  validation {
    condition     = var.existing == null || can(regex("^vpc-[0-9a-f]+$", var.existing.id))
    error_message = "existing.id must be the id of a VPC, such as vpc-0a1b2c3d4e5f60718."
  }

  validation {
    condition = var.existing == null || try(alltrue([
      for ids in [var.existing.public_subnet_ids, var.existing.private_subnet_ids, var.existing.database_subnet_ids] :
      length(distinct(ids)) >= 2 && alltrue([for id in ids : can(regex("^subnet-[0-9a-f]+$", id))])
    ]), false)
    error_message = "existing needs at least two different subnet ids (subnet-…) of each kind: public, private and database."
  }
}
