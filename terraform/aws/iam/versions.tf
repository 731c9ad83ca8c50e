terraform {
  # S3 state locking (use_lockfile) and cross-variable validation need 1.10.
  required_version = ">= 1.10.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
