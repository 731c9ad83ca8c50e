variable "deployment" {
  description = "Name of the deployment; part of the name of everything made here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9]){2,23}$", var.deployment)) && length(var.deployment) <= 24
    error_message = "deployment must be 3 to 24 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "service_accounts" {
  description = "The service accounts that each identity trusts, as `namespace/name`, by identity: flyteadmin, flytepropeller, datacatalog, flytescheduler, task, load-balancer-controller, cluster-autoscaler."
  type        = map(list(string))

  validation {
    condition     = toset(keys(var.service_accounts)) == toset(["flyteadmin", "flytepropeller", "datacatalog", "flytescheduler", "task", "load-balancer-controller", "cluster-autoscaler"])
    error_message = "service_accounts must have exactly the keys flyteadmin, flytepropeller, datacatalog, flytescheduler, task, load-balancer-controller and cluster-autoscaler."
  }

  validation {
    condition     = alltrue(flatten([for accounts in values(var.service_accounts) : [for account in accounts : can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", account))]]))
    error_message = "A service account must be given as namespace/name, without wildcards."
  }

  validation {
    condition     = alltrue([for accounts in values(var.service_accounts) : length(accounts) > 0])
    error_message = "Each identity must trust one service account at least."
  }
}

variable "cluster_name" {
  description = "Name of the EKS cluster: what the load balancer controller and the autoscaler may touch is bound to it."
  type        = string
}

variable "cluster_security_group_id" {
  description = "Security group of the nodes, which the load balancer controller opens for its load balancers."
  type        = string
}

variable "network_id" {
  description = "Id of the VPC in which the load balancer controller may make security groups."
  type        = string
}

variable "oidc_issuer" {
  description = "Issuer of the cluster's service account tokens, without https://."
  type        = string

  validation {
    condition     = !startswith(var.oidc_issuer, "https://")
    error_message = "oidc_issuer must be given without https://."
  }
}

variable "oidc_provider_id" {
  description = "ARN of the IAM OIDC provider that stands for the issuer."
  type        = string
}

variable "bucket_id" {
  description = "ARN of the bucket."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:s3:::[a-z0-9.-]+$", var.bucket_id))
    error_message = "bucket_id must be the ARN of a bucket."
  }
}

variable "bucket_key_id" {
  description = "ARN of the key that encrypts the bucket's objects; empty where it is not known: then any key of the account, but for this bucket's objects only."
  type        = string
  default     = ""
}

variable "notifications_topic_id" {
  description = "ARN of the topic of FlyteAdmin's notifications; null without."
  type        = string
  default     = null
}

variable "notifications_queue_id" {
  description = "ARN of the queue of FlyteAdmin's notifications; null without."
  type        = string
  default     = null
}

variable "events_topic_id" {
  description = "ARN of the topic of FlyteAdmin's events."
  type        = string
}

variable "scheduler_queue_id" {
  description = "ARN of the queue that EventBridge schedules arrive in; null without."
  type        = string
  default     = null
}

variable "scheduler_rule_prefix" {
  description = "Prefix of the EventBridge rules that FlyteAdmin makes; null without."
  type        = string
  default     = null

  validation {
    condition     = (var.scheduler_rule_prefix == null) == (var.scheduler_queue_id == null)
    error_message = "Give scheduler_queue_id and scheduler_rule_prefix together, or neither."
  }
}

variable "mail_domain" {
  description = "Domain of an SES identity that FlyteAdmin may send its notification mails from; null: no mail by SES."
  type        = string
  default     = null
}
