import type { PlannedChange } from './planSummary.js';
import { stepAddress } from './stepAddress.js';

/** A change worth a second look. */
export interface Risk {
  /** Address within the step. */
  readonly address: string;
  readonly action: string;
  readonly reason: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Resource types that hold what cannot be made again. */
const holdsData =
  /^(?:aws_(?:s3_bucket|rds_cluster|db_instance|rds_global_cluster|dynamodb_table|efs_file_system|ebs_volume|elasticache_(?:cluster|replication_group)|docdb_cluster|msk_cluster|secretsmanager_secret|kms_key|cloudwatch_log_group|route53_zone|sqs_queue)|google_(?:storage_bucket|sql_database_instance|redis_instance|kms_crypto_key)|azurerm_(?:storage_account|storage_container|postgresql_flexible_server|mysql_flexible_server|cosmosdb_account|redis_cache|key_vault))$/;

const everywhere = new Set(['0.0.0.0/0', '::/0']);
const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(strings) : [];
const objects = (value: unknown): Values[] =>
  Array.isArray(value) ? value.flatMap(objects) : value !== null && typeof value === 'object' ? [value as Values] : [];
const open = (value: unknown): boolean => strings(value).some((range) => everywhere.has(range));

/** What makes a resource reachable by anybody: by type, a reason where its new values do. */
const exposure: readonly { readonly type: RegExp; readonly reason: (after: Values) => string | undefined }[] = [
  {
    type: /^aws_(?:default_)?security_group$/,
    reason: ({ ingress }) =>
      objects(ingress).some((rule) => open(rule.cidr_blocks) || open(rule.ipv6_cidr_blocks))
        ? 'lets the whole internet in'
        : undefined,
  },
  {
    type: /^aws_security_group_rule$/,
    reason: (rule) =>
      rule.type === 'ingress' && (open(rule.cidr_blocks) || open(rule.ipv6_cidr_blocks))
        ? 'lets the whole internet in'
        : undefined,
  },
  {
    type: /^aws_vpc_security_group_ingress_rule$/,
    reason: (rule) => (open(rule.cidr_ipv4) || open(rule.cidr_ipv6) ? 'lets the whole internet in' : undefined),
  },
  {
    type: /^aws_eks_cluster$/,
    reason: ({ vpc_config }) => {
      const [config] = objects(vpc_config);
      if (config?.endpoint_public_access !== true) return undefined;
      const ranges = strings(config.public_access_cidrs);
      return ranges.length === 0 || open(ranges)
        ? 'the Kubernetes endpoint is open to the whole internet'
        : `the Kubernetes endpoint is public, for ${ranges.join(', ')}`;
    },
  },
  {
    type: /^aws_(?:db_instance|rds_cluster_instance|dms_replication_instance|redshift_cluster)$/,
    reason: ({ publicly_accessible }) =>
      publicly_accessible === true ? 'the database has a public address' : undefined,
  },
  {
    type: /^aws_s3_(?:bucket|account)_public_access_block$/,
    reason: (block) => {
      const off = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].filter(
        (name) => block[name] === false,
      );
      return off.length > 0 ? `the bucket may become public (${off.join(', ')} off)` : undefined;
    },
  },
  {
    type: /^aws_s3_bucket_acl$/,
    reason: ({ acl }) => (strings(acl).some((name) => name.startsWith('public')) ? 'the bucket is public' : undefined),
  },
  {
    type: /^aws_(?:s3_bucket_policy|sqs_queue_policy|sns_topic_policy|kms_key|secretsmanager_secret_policy)$/,
    reason: ({ policy }) => (allowsAnybody(policy) ? 'its policy allows anybody' : undefined),
  },
  {
    type: /^google_compute_firewall$/,
    reason: ({ direction, source_ranges, allow }) =>
      direction !== 'EGRESS' && objects(allow).length > 0 && open(source_ranges)
        ? 'lets the whole internet in'
        : undefined,
  },
  {
    type: /^google_(?:storage_bucket|project)_iam_(?:member|binding)$/,
    reason: ({ member, members }) =>
      [...strings(member), ...strings(members)].some((name) => name === 'allUsers' || name === 'allAuthenticatedUsers')
        ? 'allows anybody'
        : undefined,
  },
  {
    type: /^azurerm_network_security_rule$/,
    reason: (rule) =>
      rule.direction === 'Inbound' &&
      rule.access === 'Allow' &&
      ['*', 'Internet', ...everywhere].includes(String(rule.source_address_prefix))
        ? 'lets the whole internet in'
        : undefined,
  },
  {
    type: /^azurerm_/,
    reason: (after) =>
      after.allow_nested_items_to_be_public === true ? 'its containers may become public' : undefined,
  },
];

/** The reasons to look twice at a change: it deletes, replaces, loses data, takes a protection away or opens something up. */
export function risksOf(change: PlannedChange): Risk[] {
  const { type, action, before, after } = change;
  const reasons: string[] = [];
  if (action === 'delete' || action === 'replace') {
    const how = action === 'delete' ? 'is deleted' : `is deleted and made anew${why(change.reason)}`;
    reasons.push(holdsData.test(type) ? `${how}: its data is lost` : how);
  }
  if (action === 'forget') reasons.push('stays, but terraform no longer knows it');
  if (action !== 'delete') {
    if (before.deletion_protection === true && after.deletion_protection === false) {
      reasons.push('loses its protection from deletion');
    }
    for (const rule of exposure) {
      const reason = rule.type.test(type) ? rule.reason(after) : undefined;
      // What was just as open before is no change to look at.
      if (reason && (action === 'create' || rule.reason(before) !== reason)) reasons.push(reason);
    }
  }
  return reasons.map((reason) => ({ address: stepAddress(change.address), action, reason }));
}

function why(reason: string | undefined): string {
  switch (reason) {
    case 'replace_because_tainted':
      return ' because its creation did not end well';
    case 'replace_because_cannot_update':
      return ' because the change cannot be made in place';
    case 'replace_by_triggers':
      return ' because another resource changes';
    default:
      return '';
  }
}

/** Whether a policy document allows every principal something, with no condition. */
function allowsAnybody(policy: unknown): boolean {
  if (typeof policy !== 'string') return false;
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    return false;
  }
  return objects((document as Values | null)?.Statement).some(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Allow' &&
      Condition === undefined &&
      (Principal === '*' || objects(Principal).some(({ AWS }) => strings(AWS).includes('*'))),
  );
}
