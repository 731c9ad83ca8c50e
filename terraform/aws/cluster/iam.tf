data "aws_iam_policy_document" "cluster_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "cluster" {
  count = local.create ? 1 : 0

  name               = "${local.name}-${data.aws_region.current.name}-cluster"
  assume_role_policy = data.aws_iam_policy_document.cluster_trust.json
}

resource "aws_iam_role_policy_attachment" "cluster" {
  count = local.create ? 1 : 0

  role       = aws_iam_role.cluster[0].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonEKSClusterPolicy"
}

# AmazonEKSClusterPolicy may create log groups; late log records would bring the group back after it was destroyed.
data "aws_iam_policy_document" "keep_log_group" {
  statement {
    effect    = "Deny"
    actions   = ["logs:CreateLogGroup"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "keep_log_group" {
  count = local.create ? 1 : 0

  name   = "deny-log-group"
  role   = aws_iam_role.cluster[0].id
  policy = data.aws_iam_policy_document.keep_log_group.json
}
