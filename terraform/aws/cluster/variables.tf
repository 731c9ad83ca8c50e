variable "deployment" {
  description = "Name of the deployment; part of the name of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){2,23}$", var.deployment)) && length(var.deployment) <= 24
    error_message = "deployment must be 3 to 24 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "kubernetes_version" {
  description = "Kubernetes minor version, such as 1.33. Not used with `existing`."
  type        = string
  default     = "1.33"

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version must be a minor version such as 1.33."
  }
}

variable "subnet_ids" {
  description = "Private subnets in two zones at least, for the control plane's interfaces. Not used with `existing`."
  type        = list(string)
  default     = []

  validation {
    condition     = var.existing != null || length(var.subnet_ids) >= 2
    error_message = "subnet_ids must name at least two subnets, in different zones."
  }
}

variable "public_access_cidrs" {
  description = "IPv4 ranges that may reach the public API endpoint; empty: there is none, and the API is reached from inside the network only."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for range in var.public_access_cidrs : can(cidrhost(range, 0))])
    error_message = "public_access_cidrs must be IPv4 ranges such as 203.0.113.0/24."
  }

  validation {
    condition     = length(var.public_access_cidrs) <= 40
    error_message = "EKS takes at most 40 public access ranges."
  }
}

variable "log_retention_days" {
  description = "How long control-plane logs are kept, in days; one of the values that CloudWatch Logs takes."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a retention that CloudWatch Logs knows, such as 7, 30 or 365."
  }
}

variable "existing" {
  description = "A cluster that is already there, with an IAM OIDC provider of its own. It is looked up; nothing is made."
  type        = object({ name = string })
  default     = null
}
