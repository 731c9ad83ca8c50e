import { flyteValues } from '../../src/clouds/aws/flyteValues.js';
import { chartValues } from '../../src/flyte/chartValues.js';
import { flyteValuesInput } from '../../src/flyte/flyteValuesInput.js';
import type { ChartValues } from '../../src/flyte/mergeValues.js';
import { type DeploymentOutputs, identityNames } from '../../src/graph/StepOutputs.js';
import { type DeploymentSpec, type DeploymentSpecInput, deploymentSpec } from '../../src/spec/DeploymentSpec.js';

/** A deployment file for AWS, with what a test changes. */
export function flyteSpec(change: Partial<DeploymentSpecInput> = {}): DeploymentSpec {
  return deploymentSpec.parse({
    version: 1,
    name: 'research',
    cloud: 'aws',
    region: 'us-east-1',
    account: '123456789012',
    ...change,
  });
}

/** Outputs of the steps before Flyte, as the modules for AWS give them. */
export const flyteOutputs: DeploymentOutputs = {
  cluster: {
    cluster_name: 'research',
    cluster_version: '1.33',
    cluster_endpoint: 'https://cluster.example',
    oidc_issuer: 'oidc.eks.us-east-1.amazonaws.com/id/0123456789',
    oidc_provider_id: 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789',
    cluster_security_group_id: 'sg-1',
  },
  database: {
    database_host: 'research.cluster-abc.us-east-1.rds.amazonaws.com',
    database_port: 5432,
    database_name: 'flyteadmin',
    database_user: 'flyteadmin',
    database_secret_id: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-1',
  },
  bucket: {
    bucket_name: 'research-flyte-123456789012',
    bucket_id: 'arn:aws:s3:::research-flyte-123456789012',
    bucket_url: 's3://research-flyte-123456789012',
    bucket_key_id: 'arn:aws:kms:us-east-1:123456789012:key/1',
  },
  queues: {
    notifications_topic_id: 'arn:aws:sns:us-east-1:123456789012:research-notifications',
    notifications_queue_id: 'arn:aws:sqs:us-east-1:123456789012:research-notifications',
    notifications_queue_name: 'research-notifications',
    scheduler_queue_id: 'arn:aws:sqs:us-east-1:123456789012:research-scheduler',
    scheduler_queue_name: 'research-scheduler',
    scheduler_rule_prefix: 'research-flyte',
    events_topic_id: 'arn:aws:sns:us-east-1:123456789012:research-events',
  },
  dns: {
    domain: 'flyte.example.com',
    zone_id: 'Z1',
    zone_name: 'flyte.example.com',
    name_servers: [],
    certificate_id: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
  },
  iam: {
    identities: Object.fromEntries(
      identityNames.map((name) => [name, `arn:aws:iam::123456789012:role/research-${name}`]),
    ) as NonNullable<DeploymentOutputs['iam']>['identities'],
    scheduler_target_role_id: 'arn:aws:iam::123456789012:role/research-scheduler-target',
  },
  platform: { ingress_class: 'alb' },
  credentials: { database_secret_name: 'flyte-db' },
};

/** The chart values of such a deployment. */
export function valuesOf(change: Partial<DeploymentSpecInput> = {}, outputs = flyteOutputs): ChartValues {
  const spec = flyteSpec(change);
  return chartValues(flyteValuesInput(spec, outputs, flyteValues({ spec, outputs })));
}
