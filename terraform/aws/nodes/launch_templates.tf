resource "aws_launch_template" "this" {
  for_each = local.pools

  name                   = "${local.name}-${each.key}"
  update_default_version = true

  # One hop: pods do not reach the node's credentials; they have roles of their own.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  # Bottlerocket keeps its system on the first disk and images and volumes on the second; Amazon Linux has one.
  dynamic "block_device_mappings" {
    for_each = each.value.gpu ? { "/dev/xvda" = 4, "/dev/xvdb" = each.value.disk_gb } : { "/dev/xvda" = each.value.disk_gb }

    content {
      device_name = block_device_mappings.key

      ebs {
        volume_size           = block_device_mappings.value
        volume_type           = "gp3"
        encrypted             = true
        delete_on_termination = true
      }
    }
  }

  # The provider's default tags do not reach what the auto scaling groups start.
  dynamic "tag_specifications" {
    for_each = toset(["instance", "volume", "network-interface"])

    content {
      resource_type = tag_specifications.value
      tags          = merge(data.aws_default_tags.current.tags, { Name = "${local.name}-${each.key}" })
    }
  }
}
