/** How a resource of a type is found again in its cloud, and what terraform imports it by. */
export interface ImportRule {
  /** Matches the cloud's reference (AWS: the ARN); its first group is the id within the type. Absent for what has none. */
  readonly reference?: RegExp;
  /** The import id; default the first group. */
  readonly id?: (match: RegExpExecArray) => string;
  /** The id within the type where its configured values alone determine it. */
  readonly fromValues?: (values: Readonly<Record<string, unknown>>) => string | undefined;
  /** For what carries no tags: the attribute with the id of the resource that it is a part of, whose owner owns it. */
  readonly partOf?: string;
  /** Only for what takes minutes: the attribute that tells whether the cloud is still making it or has failed to. */
  readonly progress?: {
    readonly attribute: string;
    readonly making: readonly string[];
    readonly failed: readonly string[];
  };
}

const named =
  (attribute: string) =>
  (values: Readonly<Record<string, unknown>>): string | undefined => {
    const value = values[attribute];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
const joined =
  (separator: string, ...attributes: string[]) =>
  (values: Readonly<Record<string, unknown>>): string | undefined => {
    const parts = attributes.map((attribute) => named(attribute)(values));
    return parts.includes(undefined) ? undefined : parts.join(separator);
  };
const ec2 = (kind: string): ImportRule => ({ reference: new RegExp(`^arn:[^:]+:ec2:[^:]*:\\d*:${kind}/([^/]+)$`) });
const rds = (kind: string, attribute: string): ImportRule => ({
  reference: new RegExp(`^arn:[^:]+:rds:[^:]*:\\d*:${kind}:(.+)$`),
  fromValues: named(attribute),
});
const iam = (kind: string): ImportRule => ({
  reference: new RegExp(`^arn:[^:]+:iam::\\d*:${kind}/(?:.*/)?([^/]+)$`),
  fromValues: named('name'),
});
const whole = (reference: RegExp): ImportRule => ({ reference, id: (match) => match[0] });
/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html */
const eksProgress = {
  attribute: 'status',
  making: ['CREATING', 'PENDING'],
  failed: ['FAILED', 'CREATE_FAILED', 'DELETING', 'DELETE_FAILED'],
};

/**
 * The resource types that recovery can take into a state, by what their provider's documentation gives under "Import".
 * A type that is not here is reported, not touched.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const importRules: Readonly<Record<string, ImportRule>> = {
  aws_vpc: ec2('vpc'),
  aws_subnet: ec2('subnet'),
  aws_internet_gateway: ec2('internet-gateway'),
  aws_nat_gateway: ec2('natgateway'),
  aws_eip: ec2('elastic-ip'),
  aws_route_table: ec2('route-table'),
  aws_route: { fromValues: joined('_', 'route_table_id', 'destination_cidr_block'), partOf: 'route_table_id' },
  aws_route_table_association: { fromValues: joined('/', 'subnet_id', 'route_table_id'), partOf: 'route_table_id' },
  aws_security_group: ec2('security-group'),
  aws_vpc_endpoint: ec2('vpc-endpoint'),
  // moto's tagging API calls it `flow-logs`.
  aws_flow_log: ec2('(?:vpc-flow-log|flow-logs)'),
  aws_launch_template: ec2('launch-template'),
  aws_vpc_security_group_ingress_rule: ec2('security-group-rule'),
  aws_vpc_security_group_egress_rule: ec2('security-group-rule'),
  aws_eks_cluster: {
    reference: /^arn:[^:]+:eks:[^:]*:\d*:cluster\/([^/]+)$/,
    fromValues: named('name'),
    progress: eksProgress,
  },
  aws_eks_node_group: {
    reference: /^arn:[^:]+:eks:[^:]*:\d*:nodegroup\/([^/]+)\/([^/]+)\/[^/]+$/,
    id: (match) => `${match[1]}:${match[2]}`,
    fromValues: joined(':', 'cluster_name', 'node_group_name'),
    progress: eksProgress,
  },
  aws_rds_cluster: rds('cluster', 'cluster_identifier'),
  aws_rds_cluster_instance: rds('db', 'identifier'),
  aws_db_subnet_group: rds('subgrp', 'name'),
  aws_rds_cluster_parameter_group: rds('cluster-pg', 'name'),
  aws_db_parameter_group: rds('pg', 'name'),
  aws_s3_bucket: { reference: /^arn:[^:]+:s3:::([^/]+)$/, fromValues: named('bucket') },
  aws_sns_topic: whole(/^arn:[^:]+:sns:[^:]*:\d*:[^:]+$/),
  aws_sqs_queue: {
    reference: /^arn:[^:]+:sqs:([^:]*):(\d*):([^:]+)$/,
    id: (match) => `https://sqs.${match[1]}.amazonaws.com/${match[2]}/${match[3]}`,
  },
  aws_cloudwatch_event_rule: { reference: /^arn:[^:]+:events:[^:]*:\d*:rule\/(.+)$/, fromValues: named('name') },
  aws_cloudwatch_log_group: {
    reference: /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)(?::\*)?$/,
    fromValues: named('name'),
  },
  aws_kms_key: { reference: /^arn:[^:]+:kms:[^:]*:\d*:key\/([^/]+)$/ },
  aws_kms_alias: { reference: /^arn:[^:]+:kms:[^:]*:\d*:(alias\/.+)$/, fromValues: named('name') },
  aws_secretsmanager_secret: whole(/^arn:[^:]+:secretsmanager:[^:]*:\d*:secret:.+$/),
  aws_acm_certificate: whole(/^arn:[^:]+:acm:[^:]*:\d*:certificate\/.+$/),
  aws_route53_zone: { reference: /^arn:[^:]+:route53:::hostedzone\/([^/]+)$/ },
  aws_iam_role: iam('role'),
  aws_iam_instance_profile: iam('instance-profile'),
  aws_iam_policy: whole(/^arn:[^:]+:iam::\d*:policy\/.+$/),
  aws_iam_openid_connect_provider: whole(/^arn:[^:]+:iam::\d*:oidc-provider\/.+$/),
};

/** What terraform imports the resource of that type and reference by; undefined when the reference is of another type. */
export function importId(type: string, reference: string): string | undefined {
  const rule = importRules[type];
  const match = rule?.reference?.exec(reference);
  if (!rule || !match) return undefined;
  return rule.id ? rule.id(match) : match[1];
}
