import { HangarError } from '../../errors/HangarError.js';
import type { DeploymentOutputs } from '../../graph/StepOutputs.js';
import type { StepRequest } from '../../graph/StepRequest.js';
import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import type { FlyteCloudValues, Json } from '../Cloud.js';
import { nodePools, spotTaint } from './nodePools.js';

/** IAM roles for service accounts: https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */
const roleAnnotation = 'eks.amazonaws.com/role-arn';

/**
 * AWS's part of Flyte's chart values: S3, IAM roles for service accounts, EventBridge with SQS as the scheduler,
 * SNS with SQS and SES for notifications, an Application Load Balancer.
 * @throws HGR-901 when the outputs of bucket, queues or iam are missing
 */
export function flyteValues({ spec, outputs }: Pick<StepRequest, 'spec' | 'outputs'>): FlyteCloudValues {
  const { bucket, queues, iam } = outputs;
  if (!bucket || !queues || !iam) {
    throw new HangarError('HGR-901', 'Flyte was started without the outputs of bucket, queues or iam');
  }
  return {
    storage: storage(spec, bucket.bucket_name),
    serviceAccountAnnotations: Object.fromEntries(
      Object.entries(iam.identities).map(([identity, role]) => [identity, { [roleAnnotation]: role }]),
    ),
    podLabels: {},
    remoteData: { scheme: 'aws', region: spec.region, signedUrls: { enabled: true, durationMinutes: 3 } },
    interruptible: nodePools(spec).some((pool) => pool.spot) ? interruptible : null,
    scheduler: spec.flyte.components.scheduler === 'cloud' ? scheduler(spec, queues, iam) : null,
    notifications: spec.flyte.components.notifications ? notifications(spec, queues) : null,
    externalEvents: {
      enable: true,
      type: 'aws',
      aws: { region: spec.region },
      eventsPublisher: { topicName: queues.events_topic_id, eventTypes: ['all'] },
    },
    ingress: ingress(spec, outputs),
  };
}

/** Spot nodes only: `interruptible-node-selector` would do the same, but is deprecated. */
const interruptible: Record<string, Json> = {
  'interruptible-tolerations': [
    { key: spotTaint.key, operator: 'Equal', value: spotTaint.value, effect: 'NoSchedule' },
  ],
  'interruptible-node-selector-requirement': { key: spotTaint.key, operator: 'In', values: [spotTaint.value] },
};

function storage(spec: DeploymentSpec, bucket: string): Record<string, Json> {
  if (spec.flyte.distribution === 'core') {
    return { type: 's3', bucketName: bucket, s3: { region: spec.region, authType: 'iam' } };
  }
  return {
    provider: 's3',
    metadataContainer: bucket,
    userDataContainer: bucket,
    providerConfig: { s3: { region: spec.region, authType: 'iam' } },
  };
}

type Outputs<S extends keyof DeploymentOutputs> = NonNullable<DeploymentOutputs[S]>;

/** FlyteAdmin makes a rule per schedule; EventBridge sends to the queue under a role of its own; FlyteAdmin reads it. */
function scheduler(spec: DeploymentSpec, queues: Outputs<'queues'>, iam: Outputs<'iam'>): Record<string, Json> {
  return {
    eventScheduler: {
      scheme: 'aws',
      region: spec.region,
      scheduleRole: iam.scheduler_target_role_id,
      targetName: queues.scheduler_queue_id,
      scheduleNamePrefix: queues.scheduler_rule_prefix,
    },
    workflowExecutor: {
      scheme: 'aws',
      region: spec.region,
      scheduleQueueName: queues.scheduler_queue_name,
      accountId: spec.account,
    },
    reconnectAttempts: 10,
    reconnectDelaySeconds: 30,
  };
}

/** Sent by SES, which must know the sender's domain: docs/flyte.md. */
function notifications(spec: DeploymentSpec, queues: Outputs<'queues'>): Record<string, Json> {
  const console = spec.domain ? `https://${spec.domain}/console` : '/console';
  return {
    type: 'aws',
    region: spec.region,
    publisher: { topicName: queues.notifications_topic_id },
    processor: { queueName: queues.notifications_queue_name, accountId: spec.account },
    emailer: {
      subject: `Flyte ${spec.name}: {{ workflow.name }} in {{ project }}/{{ domain }} has {{ phase }}`,
      sender: `flyte@${spec.domain ?? `${spec.name}.invalid`}`,
      body: [
        'Execution {{ name }} of {{ workflow.project }}/{{ workflow.domain }}/{{ workflow.name }} has {{ phase }}.',
        `${console}/projects/{{ project }}/domains/{{ domain }}/executions/{{ name }}`,
        '{{ error }}',
      ].join('\n'),
    },
  };
}

/**
 * One Application Load Balancer for HTTP and gRPC. Flyte asks nobody who they are unless told to, so the load balancer
 * takes only whom the cluster's public endpoint takes (`cluster.publicAccess`); with nobody there it is internal.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
function ingress(spec: DeploymentSpec, outputs: DeploymentOutputs): FlyteCloudValues['ingress'] {
  const alb = (name: string) => `alb.ingress.kubernetes.io/${name}`;
  const open = spec.cluster.publicAccess;
  const certificate = outputs.dns?.certificate_id;
  return {
    className: outputs.platform?.ingress_class ?? 'alb',
    annotations: {
      [alb('scheme')]: open.length > 0 ? 'internet-facing' : 'internal',
      ...(open.length > 0 ? { [alb('inbound-cidrs')]: open.join(',') } : {}),
      [alb('target-type')]: 'ip',
      [alb('group.name')]: spec.name,
      [alb('tags')]: `hangar:deployment=${spec.name},hangar:step=flyte`,
      [alb('listen-ports')]: JSON.stringify(certificate ? [{ HTTP: 80 }, { HTTPS: 443 }] : [{ HTTP: 80 }]),
      ...(certificate ? { [alb('certificate-arn')]: certificate, [alb('ssl-redirect')]: '443' } : {}),
    },
    grpcAnnotations: { [alb('backend-protocol-version')]: 'GRPC' },
    adminServiceAnnotations: { [alb('healthcheck-path')]: '/healthcheck' },
    tls: false,
  };
}
