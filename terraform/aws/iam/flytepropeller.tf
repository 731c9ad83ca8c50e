# FlytePropeller reads and writes the metadata of workflows: inputs, outputs, futures.
data "aws_iam_policy_document" "flytepropeller" {
  source_policy_documents = [data.aws_iam_policy_document.bucket_read_write.json]
}
