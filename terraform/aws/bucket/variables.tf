variable "deployment" {
  description = "Name of the deployment; part of the name of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){2,23}$", var.deployment)) && length(var.deployment) <= 24
    error_message = "deployment must be 3 to 24 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "raw_data_prefix" {
  description = "Prefix of the raw data that tasks offload, with the slash at its end."
  type        = string
  default     = "raw-data/"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-][A-Za-z0-9/_-]*/$", var.raw_data_prefix))
    error_message = "raw_data_prefix must be a prefix such as raw-data/, with a slash at its end and none at its start."
  }
}

variable "raw_data_days" {
  description = "Raw data is deleted after this many days; null: never. Not used with `existing`."
  type        = number
  default     = null

  validation {
    condition     = var.raw_data_days == null || try(var.raw_data_days >= 1 && floor(var.raw_data_days) == var.raw_data_days, false)
    error_message = "raw_data_days must be a whole number of days, 1 at least."
  }
}

variable "noncurrent_days" {
  description = "Deleted and overwritten versions are kept this many days. Not used with `existing`."
  type        = number
  default     = 30

  validation {
    condition     = var.noncurrent_days >= 1 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "noncurrent_days must be a whole number of days, 1 at least."
  }
}

variable "existing" {
  description = "A bucket that is already there. It is looked up; nothing is made and nothing in it is changed."
  type        = object({ name = string })
  default     = null
}
