/**
 * What a second plan shows on the emulator though nothing changed, by resource type: docs/local-cloud-differences.md has
 * the evidence. Anything else that a second plan shows is a fault of the modules.
 */
export const emulatorFaults: Readonly<Record<string, readonly string[]>> = {
  aws_eks_node_group: ['remote_access', 'update_config', 'launch_template', 'release_version', 'resources'],
  aws_launch_template: ['tag_specifications'],
  aws_rds_cluster: ['scaling_configuration'],
  aws_rds_cluster_instance: ['performance_insights_enabled'],
  aws_sqs_queue: ['redrive_policy'],
};
