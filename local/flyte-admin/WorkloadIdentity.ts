import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsClients } from './AwsClients.js';
import { type ClusterApis, found } from './ClusterApis.js';
import { tokenClaims, trustRefusal } from './checkTrust.js';
import { isAllowed, type PolicyRequest, type PolicyStatement, policyStatements } from './policy.js';
import { StandInError } from './StandInError.js';

const roleAnnotation = 'eks.amazonaws.com/role-arn';
const audience = 'sts.amazonaws.com';

/** Objects of a bucket, as a pod under one service account may see them. */
export interface BucketAccess {
  put(key: string, body: string): Promise<void>;
  get(key: string): Promise<string>;
}

/**
 * Takes the identity of a service account the way a pod on EKS does: token of the service account, role of its
 * annotation, AssumeRoleWithWebIdentity. The emulator checks no policy, so the trust policy and the permissions are
 * evaluated here first.
 * @throws StandInError that says what refuses
 */
export async function bucketAs(
  apis: ClusterApis,
  aws: AwsClients,
  account: { readonly namespace: string; readonly name: string },
  bucket: string,
): Promise<BucketAccess> {
  const who = `service account ${account.namespace}/${account.name}`;
  const serviceAccount = await found(apis.core.readNamespacedServiceAccount(account));
  const roleArn = serviceAccount?.metadata?.annotations?.[roleAnnotation];
  if (!roleArn) throw new StandInError('internal', `${who} has no role: annotation ${roleAnnotation} is missing`);
  const { status } = await apis.core.createNamespacedServiceAccountToken({
    ...account,
    body: { spec: { audiences: [audience], expirationSeconds: 3600 } },
  });
  const token = status?.token ?? '';

  const roleName = roleArn.split('/').at(-1) ?? '';
  const role = await aws.iam.send(new GetRoleCommand({ RoleName: roleName })).catch((error: Error) => {
    throw new StandInError('internal', `role ${roleArn} of ${who}: ${error.name}`);
  });
  const refusal = trustRefusal(
    role.Role?.AssumeRolePolicyDocument ?? '{"Statement":[]}',
    tokenClaims(token),
    await oidcProviders(aws.iam),
  );
  if (refusal) throw new StandInError('internal', `${who} may not assume role ${roleArn}: ${refusal}`);
  const { Credentials } = await aws.sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArn,
      RoleSessionName: account.name,
      WebIdentityToken: token,
    }),
  );
  const s3 = aws.s3As({
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  });

  const statements = [...(await rolePolicies(aws.iam, roleName)), ...(await bucketDenials(aws.s3, bucket))];
  const key = await encryptionKey(aws.s3, bucket);
  const require = (action: string, resource: string, context: PolicyRequest['context']) => {
    if (isAllowed(statements, { action, resource, context: { 'aws:securetransport': 'true', ...context } })) return;
    throw new StandInError('internal', `AccessDenied: role ${roleArn} of ${who} may not ${action} on ${resource}`);
  };
  const requireObject = (action: string, keyAction: string, object: string) => {
    const arn = `arn:aws:s3:::${bucket}`;
    require(action, `${arn}/${object}`, {});
    if (!key) return;
    const region = key.split(':')[3];
    require(keyAction, key, {
      'kms:viaservice': `s3.${region}.amazonaws.com`,
      'kms:encryptioncontext:aws:s3:arn': arn,
    });
  };
  return {
    async put(object, body) {
      requireObject('s3:PutObject', 'kms:GenerateDataKey', object);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: object, Body: body }));
    },
    async get(object) {
      requireObject('s3:GetObject', 'kms:Decrypt', object);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: object }));
      return (await Body?.transformToString()) ?? '';
    },
  };
}

async function oidcProviders(iam: IAMClient) {
  const { OpenIDConnectProviderList = [] } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  const providers = new Map<string, { url: string; audiences: string[] }>();
  for (const { Arn = '' } of OpenIDConnectProviderList) {
    const provider = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: Arn }));
    providers.set(Arn, { url: provider.Url ?? '', audiences: provider.ClientIDList ?? [] });
  }
  return providers;
}

/** Inline and attached policies of a role. */
async function rolePolicies(iam: IAMClient, RoleName: string): Promise<PolicyStatement[]> {
  const statements: PolicyStatement[] = [];
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    statements.push(...policyStatements(PolicyDocument ?? ''));
  }
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  for (const { PolicyArn } of AttachedPolicies) {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
    );
    statements.push(...policyStatements(PolicyVersion?.Document ?? ''));
  }
  return statements;
}

/** What the bucket's own policy denies; within an account its allows add nothing that we need. */
async function bucketDenials(s3: S3Client, Bucket: string): Promise<PolicyStatement[]> {
  try {
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
    return policyStatements(Policy ?? '{"Statement":[]}').filter(({ Effect }) => Effect === 'Deny');
  } catch (error) {
    if ((error as Error).name === 'NoSuchBucketPolicy') return [];
    throw new StandInError('internal', `bucket ${Bucket}: ${(error as Error).name}`);
  }
}

/** ARN of the key that the bucket encrypts with; undefined where it uses S3's own. */
async function encryptionKey(s3: S3Client, Bucket: string): Promise<string | undefined> {
  const { ServerSideEncryptionConfiguration } = await s3
    .send(new GetBucketEncryptionCommand({ Bucket }))
    .catch(() => ({ ServerSideEncryptionConfiguration: undefined }));
  return ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
}
