output "domain" {
  description = "The deployment's host name; null without one."
  value       = var.domain
}

output "zone_id" {
  description = "Id of the hosted zone; null without a domain."
  value       = local.zone_id
}

output "zone_name" {
  description = "Name of the hosted zone, without a dot at its end; null without a domain."
  value       = local.zone_name
}

output "name_servers" {
  description = "What the parent zone must delegate to, where the zone was made here."
  value       = local.name_servers
}

output "certificate_id" {
  description = "ARN of the certificate; null without a domain. Waited for only with `wait_for_certificate`: else it is issued once the zone is delegated."
  value       = local.wait ? aws_acm_certificate_validation.this[0].certificate_arn : one(aws_acm_certificate.this[*].arn)
}
