locals {
  name          = "hangar-${var.deployment}"
  major_version = split(".", var.engine_version)[0]
  serverless    = var.instance_class == "db.serverless"
}

resource "aws_db_subnet_group" "this" {
  name        = local.name
  description = "Database subnets of ${local.name}"
  subnet_ids  = var.subnet_ids
}

resource "aws_rds_cluster_parameter_group" "this" {
  name        = "${local.name}-postgresql${local.major_version}"
  description = "Parameters of ${local.name}"
  family      = "aurora-postgresql${local.major_version}"

  # Connections without TLS are refused.
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  # Schema changes and statements slower than a second are logged; what others say may hold users' data.
  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Made here, or RDS would make it and leave it behind.
resource "aws_cloudwatch_log_group" "postgresql" {
  #checkov:skip=CKV_AWS_158: CloudWatch Logs encrypts at rest with its own key; queries' parameters are not logged.
  #checkov:skip=CKV_AWS_338: A month of the database's log suffices to look into an incident; the log is no audit trail.
  name              = "/aws/rds/cluster/${local.name}/postgresql"
  retention_in_days = var.log_retention_days
}

resource "aws_rds_cluster" "this" {
  #checkov:skip=CKV_AWS_327: Encrypted with the AWS-managed key: snapshots stay readable when the deployment and its own keys are gone.
  #checkov:skip=CKV_AWS_162: Flyte logs in by password; IAM authentication would be a second door that nobody uses.
  #checkov:skip=CKV_AWS_139: The deployment's choice (database.deletionProtection): `hangar destroy` must be able to end.
  #checkov:skip=CKV2_AWS_8: Aurora's continuous backups, kept for backup_days, are the backup plan.
  cluster_identifier = local.name
  engine             = "aurora-postgresql"
  engine_version     = var.engine_version

  database_name               = "flyteadmin"
  master_username             = "flyteadmin"
  manage_master_user_password = true

  db_subnet_group_name            = aws_db_subnet_group.this.name
  vpc_security_group_ids          = [aws_security_group.this.id]
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.this.name

  storage_encrypted               = true
  backup_retention_period         = var.backup_days
  copy_tags_to_snapshot           = true
  deletion_protection             = var.deletion_protection
  enabled_cloudwatch_logs_exports = ["postgresql"]
  # A change asked for is made now, not in the next maintenance window: the workflow that asked waits for it.
  apply_immediately = true
  # A deployment that is destroyed leaves nothing behind; who wants to keep its data takes a snapshot first.
  skip_final_snapshot = true

  dynamic "serverlessv2_scaling_configuration" {
    for_each = local.serverless ? [var.serverless_capacity] : []

    content {
      min_capacity = serverlessv2_scaling_configuration.value.min
      max_capacity = serverlessv2_scaling_configuration.value.max
    }
  }

  depends_on = [aws_cloudwatch_log_group.postgresql]
}

resource "aws_rds_cluster_instance" "this" {
  #checkov:skip=CKV_AWS_354: Performance Insights holds query digests; the AWS-managed key does.
  #checkov:skip=CKV_AWS_118: Performance Insights shows the load; enhanced monitoring would need a role and only adds the host's processes.
  count = var.instance_count

  identifier         = "${local.name}-${count.index}"
  cluster_identifier = aws_rds_cluster.this.id
  engine             = aws_rds_cluster.this.engine
  instance_class     = var.instance_class

  publicly_accessible          = false
  promotion_tier               = count.index
  auto_minor_version_upgrade   = true
  performance_insights_enabled = true
  copy_tags_to_snapshot        = true
  apply_immediately            = true
}
