# Shares of the bucket, composed into the components' policies.

data "aws_iam_policy_document" "bucket_list" {
  statement {
    sid       = "Bucket"
    actions   = ["s3:GetBucketLocation", "s3:ListBucket"]
    resources = [var.bucket_id]
  }
}

data "aws_iam_policy_document" "bucket_key" {
  statement {
    sid       = "BucketKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.bucket_key_id == "" ? "arn:${local.partition}:kms:${local.region}:${local.account}:key/*" : var.bucket_key_id]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${local.region}.${data.aws_partition.current.dns_suffix}"]
    }

    # With a bucket key the context is the bucket, without one the object.
    condition {
      test     = "StringLike"
      variable = "kms:EncryptionContext:aws:s3:arn"
      values   = [var.bucket_id, "${var.bucket_id}/*"]
    }
  }
}

data "aws_iam_policy_document" "bucket_read_write" {
  source_policy_documents = [data.aws_iam_policy_document.bucket_list.json, data.aws_iam_policy_document.bucket_key.json]

  statement {
    sid       = "Objects"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
    resources = ["${var.bucket_id}/*"]
  }
}
