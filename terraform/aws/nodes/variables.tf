variable "deployment" {
  description = "Name of the deployment; part of the name of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){2,23}$", var.deployment)) && length(var.deployment) <= 24
    error_message = "deployment must be 3 to 24 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "cluster_name" {
  description = "Name of the EKS cluster."
  type        = string
}

variable "cluster_version" {
  description = "Kubernetes minor version of the nodes: the control plane's."
  type        = string
  default     = null
}

variable "subnet_ids" {
  description = "Private subnets for the nodes."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 1
    error_message = "subnet_ids must name at least one private subnet."
  }
}

variable "pools" {
  description = "Node pools; each becomes a managed node group that the cluster autoscaler grows from `min_size` to `max_size`. Empty: the cluster brings its own nodes, whose managed node groups are looked up."
  type = list(object({
    name           = string
    instance_types = list(string)
    min_size       = number
    max_size       = number
    spot           = optional(bool, false)
    gpu            = optional(bool, false)
    disk_gb        = optional(number, 100)
    labels         = optional(map(string), {})
    taints = optional(list(object({
      key    = string
      value  = string
      effect = string
    })), [])
  }))
  default = []

  validation {
    condition     = length(distinct(var.pools[*].name)) == length(var.pools) && alltrue([for pool in var.pools : can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", pool.name))])
    error_message = "Pool names must be different, of at most 20 lower-case letters, digits and hyphens, starting with a letter."
  }

  validation {
    condition     = alltrue([for pool in var.pools : pool.min_size >= 0 && pool.max_size >= 1 && pool.min_size <= pool.max_size])
    error_message = "A pool's sizes must be 0 <= min_size <= max_size, with max_size at least 1."
  }

  validation {
    condition     = alltrue([for pool in var.pools : length(pool.instance_types) >= 1 && length(pool.instance_types) <= 20])
    error_message = "A pool needs 1 to 20 instance types."
  }

  validation {
    condition     = alltrue([for pool in var.pools : length(distinct([for type in pool.instance_types : can(regex("^(a1|[a-z]+[0-9]+g[a-z]*)\\.", type))])) == 1])
    error_message = "A pool's instance types must be of one processor architecture: Graviton (such as m7g.large) or x86 (such as m7i.large)."
  }

  validation {
    condition     = alltrue([for pool in var.pools : pool.disk_gb >= 20 && pool.disk_gb <= 16384])
    error_message = "disk_gb must be from 20 to 16384."
  }

  validation {
    condition     = alltrue(flatten([for pool in var.pools : [for taint in pool.taints : contains(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"], taint.effect)]]))
    error_message = "A taint's effect must be NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE."
  }
}
