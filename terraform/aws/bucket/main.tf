data "aws_partition" "current" {}
data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  create = var.existing == null
  # Bucket names are the world's; account and region make it ours. 63 characters at most: 7 + 24 + 1 + 12 + 1 + 14 = 59.
  name = local.create ? "hangar-${var.deployment}-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.name}" : var.existing.name
  arn  = "arn:${data.aws_partition.current.partition}:s3:::${local.name}"
}

resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV_AWS_18: Access logs need a second bucket that outlives this one; CloudTrail data events serve who needs them.
  #checkov:skip=CKV_AWS_144: Metadata and task data belong to one deployment in one region; versioning guards against deletion.
  #checkov:skip=CKV2_AWS_62: Nothing consumes events of this bucket.
  count = local.create ? 1 : 0

  bucket = local.name
  # Destroying a deployment ends with its data gone, all versions of it.
  force_destroy = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  count = local.create ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  count = local.create ? 1 : 0

  bucket                  = aws_s3_bucket.this[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "this" {
  count = local.create ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count = local.create ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  rule {
    id     = "noncurrent-versions"
    status = "Enabled"
    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_days
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  dynamic "rule" {
    for_each = var.raw_data_days == null ? [] : [var.raw_data_days]

    content {
      id     = "raw-data"
      status = "Enabled"

      filter {
        prefix = var.raw_data_prefix
      }

      expiration {
        days = rule.value
      }
    }
  }

  # Rules on noncurrent versions mean something only where there are versions.
  depends_on = [aws_s3_bucket_versioning.this]
}
