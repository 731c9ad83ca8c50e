resource "aws_acm_certificate" "this" {
  count = local.certificate ? 1 : 0

  domain_name       = var.domain
  validation_method = "DNS"

  # A load balancer may use it while its successor is made.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  count = local.certificate ? 1 : 0

  zone_id = local.zone_id
  name    = one(aws_acm_certificate.this[0].domain_validation_options).resource_record_name
  type    = one(aws_acm_certificate.this[0].domain_validation_options).resource_record_type
  records = [one(aws_acm_certificate.this[0].domain_validation_options).resource_record_value]
  ttl     = 60
  # The record is the same for all certificates that an account has for a name.
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  count = local.wait ? 1 : 0

  certificate_arn         = aws_acm_certificate.this[0].arn
  validation_record_fqdns = aws_route53_record.validation[*].fqdn

  # Minutes as a rule. A zone that its parent does not delegate to would otherwise hold up everything for 75.
  timeouts {
    create = "15m"
  }
}
