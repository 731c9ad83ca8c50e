# Task pods read inputs, write outputs and raw data; frameworks such as Spark also move and delete what they wrote.
data "aws_iam_policy_document" "task" {
  source_policy_documents = [data.aws_iam_policy_document.bucket_read_write.json]

  statement {
    sid       = "DeleteObjects"
    actions   = ["s3:DeleteObject"]
    resources = ["${var.bucket_id}/*"]
  }
}
