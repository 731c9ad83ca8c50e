output "database_host" {
  description = "Address of the writer."
  value       = aws_rds_cluster.this.endpoint

  # The address answers once an instance stands.
  depends_on = [aws_rds_cluster_instance.this]
}

output "database_port" {
  description = "Port of the database."
  value       = aws_rds_cluster.this.port
}

output "database_name" {
  description = "Name of the database that is there from the start."
  value       = aws_rds_cluster.this.database_name
}

output "database_user" {
  description = "The owner's name."
  value       = aws_rds_cluster.this.master_username
}

output "database_secret_id" {
  description = "ARN of the Secrets Manager secret with the owner's `username` and `password`; RDS rotates it."
  value       = aws_rds_cluster.this.master_user_secret[0].secret_arn
}
