data "aws_s3_bucket" "existing" {
  count = local.create ? 0 : 1

  bucket = var.existing.name

  lifecycle {
    postcondition {
      condition     = self.region == data.aws_region.current.name
      error_message = "The bucket ${self.bucket} is in ${self.region}, not in the deployment's region ${data.aws_region.current.name}."
    }
  }
}
