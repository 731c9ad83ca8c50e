variable "deployment" {
  description = "Name of the deployment; part of the name of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){2,23}$", var.deployment)) && length(var.deployment) <= 24
    error_message = "deployment must be 3 to 24 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "notifications" {
  description = "Whether to make the topic and queue of FlyteAdmin's notifications."
  type        = bool
  default     = true
}

variable "scheduler" {
  description = "Whether to make the queue that FlyteAdmin's EventBridge schedules arrive in."
  type        = bool
  default     = false
}
