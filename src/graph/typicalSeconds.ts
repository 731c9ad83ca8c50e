import type { StepName } from './StepName.js';

/**
 * How long each step usually takes on AWS, in seconds. For people who wait and for ordering, never for a timeout.
 *
 * cluster: logs that people published, 2022-2025, of `aws_eks_cluster`: 8 min 21 s to 11 min 23 s, median near 10;
 *   13 to 16 min with eksctl: https://easontechtalk.com/unofficial-eks-cluster-creation-performance-across-aws-regions
 * nodes: `aws_eks_node_group` in the same logs: 1 min 47 s to 3 min 41 s;
 *   https://github.com/DevopsArtFactory/terraform-provisioning/pull/47 has 1 min 48 s and 1 min 59 s
 * egress: `aws_nat_gateway` in the same logs: 1 min 25 s to 2 min 5 s
 * database: estimate: AWS publishes no figure for an Aurora cluster with its first instance
 * dns: `aws_acm_certificate_validation` in such logs: 1 min 29 s to 8 min 52 s
 * the others: estimates of minor weight, to be replaced by what runs measure
 */
export const typicalSeconds: Readonly<Record<StepName, number>> = {
  bootstrap: 40,
  network: 40,
  egress: 110,
  cluster: 600,
  nodes: 120,
  database: 600,
  bucket: 20,
  queues: 40,
  dns: 150,
  iam: 20,
  platform: 60,
  credentials: 5,
  flyte: 180,
  records: 60,
  smoke: 90,
};

/** A step that only looks up what is already there. */
export const lookupSeconds = 10;
