variable "deployment" {
  description = "Name of the deployment; part of the name of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){2,23}$", var.deployment)) && length(var.deployment) <= 24
    error_message = "deployment must be 3 to 24 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "network_id" {
  description = "Id of the VPC."
  type        = string
}

variable "network_cidr" {
  description = "The VPC's IPv4 range; only from there is the database reached."
  type        = string

  validation {
    condition     = can(cidrhost(var.network_cidr, 0))
    error_message = "network_cidr must be an IPv4 range such as 10.0.0.0/16."
  }
}

variable "subnet_ids" {
  description = "Database subnets, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids must name at least two subnets, in different zones."
  }
}

variable "existing_network" {
  description = "Whether the network was there before: then all its ranges are looked up, since pods may have addresses from a second one."
  type        = bool
  default     = false
}

variable "instance_class" {
  description = "Instance class: db.serverless (Aurora Serverless v2) or a provisioned one such as db.r7g.large."
  type        = string
  default     = "db.serverless"

  validation {
    condition     = can(regex("^db\\.(serverless|[a-z0-9]+\\.[a-z0-9]+)$", var.instance_class))
    error_message = "instance_class must be db.serverless or a class such as db.r7g.large."
  }
}

variable "instance_count" {
  description = "Number of instances: the first writes, the others are readers in other zones that take over when it fails."
  type        = number
  default     = 1

  validation {
    condition     = var.instance_count >= 1 && var.instance_count <= 15 && floor(var.instance_count) == var.instance_count
    error_message = "instance_count must be a whole number from 1 to 15."
  }
}

variable "serverless_capacity" {
  description = "Least and most Aurora capacity units (about 2 GiB each) of a db.serverless instance, in steps of 0.5."
  type        = object({ min = number, max = number })
  default     = { min = 0.5, max = 4 }

  validation {
    condition = (
      var.serverless_capacity.min >= 0.5 && var.serverless_capacity.max >= 1 && var.serverless_capacity.max <= 256
      && var.serverless_capacity.min <= var.serverless_capacity.max
      && floor(var.serverless_capacity.min * 2) == var.serverless_capacity.min * 2 && floor(var.serverless_capacity.max * 2) == var.serverless_capacity.max * 2
    )
    error_message = "serverless_capacity must be 0.5 <= min <= max, 1 <= max <= 256, in steps of 0.5."
  }
}

variable "engine_version" {
  description = "PostgreSQL version: a major one (AWS picks its default minor one) or an exact one."
  type        = string
  default     = "16"

  validation {
    condition     = can(regex("^1[3-9](\\.[0-9]+)?$", var.engine_version))
    error_message = "engine_version must be a PostgreSQL version that Aurora knows, such as 16 or 16.8."
  }
}

variable "backup_days" {
  description = "How long automatic backups are kept, in days."
  type        = number
  default     = 7

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "backup_days must be from 1 to 35."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the database."
  type        = bool
  default     = false
}

variable "log_retention_days" {
  description = "How long PostgreSQL's log is kept, in days."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a retention that CloudWatch Logs knows, such as 7, 30 or 365."
  }
}
