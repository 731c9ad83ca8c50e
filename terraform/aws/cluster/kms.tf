# Envelope encryption of Kubernetes secrets.
resource "aws_kms_key" "secrets" {
  #checkov:skip=CKV2_AWS_64: Without a policy of its own the key gets AWS's default one: the account decides by IAM, nobody else has access.
  count = local.create ? 1 : 0

  description             = "Kubernetes secrets of ${local.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 7

  tags = { Name = "${local.name}-cluster-secrets" }
}

resource "aws_kms_alias" "secrets" {
  count = local.create ? 1 : 0

  name          = "alias/${local.name}-cluster-secrets"
  target_key_id = aws_kms_key.secrets[0].key_id
}
