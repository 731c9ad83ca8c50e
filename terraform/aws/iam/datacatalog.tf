# DataCatalog keeps the artifacts' data below one prefix: the chart's datacatalog.storage-prefix.
data "aws_iam_policy_document" "datacatalog" {
  source_policy_documents = [data.aws_iam_policy_document.bucket_list.json, data.aws_iam_policy_document.bucket_key.json]

  statement {
    sid       = "Objects"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${var.bucket_id}/metadata/datacatalog/*"]
  }
}
