data "aws_eks_cluster" "existing" {
  count = local.create ? 0 : 1

  name = var.existing.name

  lifecycle {
    postcondition {
      condition     = self.status == "ACTIVE"
      error_message = "The cluster ${self.name} is ${self.status}, not ACTIVE."
    }
  }
}

data "aws_iam_openid_connect_provider" "existing" {
  count = local.create ? 0 : 1

  url = data.aws_eks_cluster.existing[0].identity[0].oidc[0].issuer
}
