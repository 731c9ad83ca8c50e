locals {
  create_zone = var.domain != null && var.existing == null
  use_zone    = var.domain != null && var.existing != null
  certificate = var.domain != null
  wait        = local.certificate && coalesce(var.wait_for_certificate, local.use_zone)
}

resource "aws_route53_zone" "this" {
  #checkov:skip=CKV2_AWS_38: DNSSEC needs a key in us-east-1 and a DS record that only the owner of the parent zone can set.
  #checkov:skip=CKV2_AWS_39: Query logs would only show who looks up two public names.
  count = local.create_zone ? 1 : 0

  name    = var.domain
  comment = "Flyte deployment ${var.deployment}"
  # Records that point at the load balancer are written later and outside this state.
  force_destroy = true
}

data "aws_route53_zone" "existing" {
  count = local.use_zone ? 1 : 0

  zone_id = var.existing.zone

  lifecycle {
    postcondition {
      condition     = !self.private_zone
      error_message = "The zone ${self.zone_id} is private; a certificate can be validated in a public one only."
    }
    postcondition {
      condition     = var.domain == trimsuffix(self.name, ".") || endswith(var.domain, ".${trimsuffix(self.name, ".")}")
      error_message = "The domain ${var.domain} is not in the zone ${self.name}."
    }
  }
}

locals {
  zone_id      = try(aws_route53_zone.this[0].zone_id, data.aws_route53_zone.existing[0].zone_id, null)
  zone_name    = try(aws_route53_zone.this[0].name, trimsuffix(data.aws_route53_zone.existing[0].name, "."), null)
  name_servers = try(aws_route53_zone.this[0].name_servers, data.aws_route53_zone.existing[0].name_servers, [])
}
