output "identities" {
  description = "ARN of each identity's role, by identity."
  value       = { for identity, role in aws_iam_role.this : identity => role.arn }

  # A role without its policy is of no use to anybody.
  depends_on = [aws_iam_role_policy.this]
}

output "scheduler_target_role_id" {
  description = "ARN of the role that EventBridge takes on for FlyteAdmin's schedules; null without them."
  value       = one(aws_iam_role.scheduler_target[*].arn)
}
