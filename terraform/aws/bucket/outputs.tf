output "bucket_name" {
  description = "Name of the bucket."
  value       = local.create ? aws_s3_bucket.this[0].id : data.aws_s3_bucket.existing[0].id

  # Nobody writes before encryption, versioning and policy are in force.
  depends_on = [
    aws_s3_bucket_ownership_controls.this,
    aws_s3_bucket_policy.this,
    aws_s3_bucket_public_access_block.this,
    aws_s3_bucket_server_side_encryption_configuration.this,
    aws_s3_bucket_versioning.this,
  ]
}

output "bucket_id" {
  description = "ARN of the bucket."
  value       = local.create ? aws_s3_bucket.this[0].arn : data.aws_s3_bucket.existing[0].arn
}

output "bucket_url" {
  description = "Address of the bucket as Flyte takes it."
  value       = "s3://${local.name}"
}

output "bucket_key_id" {
  description = "ARN of the key that encrypts the objects; empty for an existing bucket, whose key is not known."
  value       = local.create ? aws_kms_key.this[0].arn : ""
}
