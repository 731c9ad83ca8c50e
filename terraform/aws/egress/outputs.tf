output "nat_addresses" {
  description = "Public addresses that the private subnets' traffic leaves from."
  value       = aws_eip.nat[*].public_ip

  # Nodes start when this is known: they need the way out, not only its address.
  depends_on = [aws_route.default]
}
