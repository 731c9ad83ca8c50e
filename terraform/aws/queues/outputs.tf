output "notifications_topic_id" {
  description = "ARN of the topic FlyteAdmin publishes notifications to; null without notifications."
  value       = one(aws_sns_topic.notifications[*].arn)
}

output "notifications_queue_id" {
  description = "ARN of the queue FlyteAdmin reads notifications from; null without notifications."
  value       = try(aws_sqs_queue.this[local.notifications_queue].arn, null)
}

output "notifications_queue_name" {
  description = "Name of that queue; null without notifications."
  value       = try(aws_sqs_queue.this[local.notifications_queue].name, null)
}

output "scheduler_queue_id" {
  description = "ARN of the queue that schedules arrive in; null without `scheduler`."
  value       = try(aws_sqs_queue.this[local.scheduler_queue].arn, null)
}

output "scheduler_queue_name" {
  description = "Name of that queue; null without `scheduler`."
  value       = try(aws_sqs_queue.this[local.scheduler_queue].name, null)
}

output "scheduler_rule_prefix" {
  description = "Prefix that FlyteAdmin gives its EventBridge rules; null without `scheduler`."
  value       = var.scheduler ? local.scheduler_rule_prefix : null
}

output "events_topic_id" {
  description = "ARN of the topic that FlyteAdmin publishes its events to."
  value       = aws_sns_topic.events.arn
}
