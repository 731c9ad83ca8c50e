resource "aws_sns_topic" "notifications" {
  count = var.notifications ? 1 : 0

  name              = "${local.name}-notifications"
  kms_master_key_id = "alias/aws/sns"
}

# FlyteAdmin's event stream: what subscribes to it is the user's.
resource "aws_sns_topic" "events" {
  name              = "${local.name}-events"
  kms_master_key_id = "alias/aws/sns"
}

# Not raw: FlyteAdmin reads SNS's envelope.
resource "aws_sns_topic_subscription" "notifications" {
  count = var.notifications ? 1 : 0

  topic_arn = aws_sns_topic.notifications[0].arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.this[local.notifications_queue].arn
}
