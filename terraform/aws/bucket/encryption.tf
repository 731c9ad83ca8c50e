resource "aws_kms_key" "this" {
  #checkov:skip=CKV2_AWS_64: Without a policy of its own the key gets AWS's default one: the account decides by IAM, nobody else has access.
  count = local.create ? 1 : 0

  description             = "Objects in ${local.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 7

  tags = { Name = "hangar-${var.deployment}-bucket" }
}

resource "aws_kms_alias" "this" {
  count = local.create ? 1 : 0

  name          = "alias/hangar-${var.deployment}-bucket"
  target_key_id = aws_kms_key.this[0].key_id
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count = local.create ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  rule {
    # One data key for many objects: a fraction of the calls to KMS and of their price.
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this[0].arn
    }
  }
}
