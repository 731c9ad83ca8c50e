variable "deployment" {
  description = "Name of the deployment; part of the name of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){2,23}$", var.deployment)) && length(var.deployment) <= 24
    error_message = "deployment must be 3 to 24 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "domain" {
  description = "Public host name of the deployment; null: no zone, no certificate."
  type        = string
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", var.domain))
    error_message = "domain must be a host name such as flyte.example.com, in lower case."
  }

  validation {
    condition     = var.domain == null || try(length(var.domain) <= 64, false)
    error_message = "domain must be of at most 64 characters: it becomes the certificate's common name."
  }
}

variable "existing" {
  description = "A public hosted zone that is already there, by its id; null: a zone is made for the domain."
  type        = object({ zone = string })
  default     = null

  validation {
    condition     = var.existing == null || can(regex("^[A-Z0-9]{1,32}$", var.existing.zone))
    error_message = "existing.zone must be the id of a Route 53 zone, such as Z0123456789ABCDEFGHIJ."
  }
}

variable "wait_for_certificate" {
  description = "Whether to wait until the certificate is issued; null: only with an existing zone. A zone made here cannot be delegated before it is there, so waiting for it could not end."
  type        = bool
  default     = null
}
