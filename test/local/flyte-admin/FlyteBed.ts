import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateDBClusterCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CoreV1Api, KubeConfig, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { startFlyteAdmin } from '../../../local/flyte-admin/startFlyteAdmin.js';
import { type ControlPlane, startControlPlane } from '../../../local/kubernetes/startControlPlane.js';
import { startMoto } from '../../../local/moto/startMoto.js';
import { Supervisor } from '../../../local/processes/Supervisor.js';
import { installTools } from '../../../local/tools/installTools.js';
import { flyteValues } from '../../../src/clouds/aws/flyteValues.js';
import { chartValues } from '../../../src/flyte/chartValues.js';
import { flyteNamespace, flyteRelease, flyteReleaseName } from '../../../src/flyte/flyteRelease.js';
import { flyteValuesInput } from '../../../src/flyte/flyteValuesInput.js';
import type { DeploymentOutputs } from '../../../src/graph/StepOutputs.js';
import { chartSource } from '../../../src/helm/chartSource.js';
import { installRelease } from '../../../src/helm/installRelease.js';
import type { ClusterAccess } from '../../../src/kubernetes/ClusterAccess.js';
import { type KubernetesClient, kubernetesClient } from '../../../src/kubernetes/kubernetesClient.js';
import { type OpenPortForward, openPortForward } from '../../../src/kubernetes/portForward.js';
import { databaseSecretName, writeDatabaseSecret } from '../../../src/platform/databaseSecret.js';
import type { DeploymentSpec } from '../../../src/spec/DeploymentSpec.js';
import { flyteOutputs } from '../../flyte/flyteFixture.js';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const region = 'us-east-1';
const issuer = 'oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF';

/** A real cluster with simulated nodes, an AWS emulator with what Flyte needs of it, and the FlyteAdmin stand-in. */
export interface FlyteBed {
  readonly access: ClusterAccess;
  readonly client: KubernetesClient;
  readonly settings: { readonly helm: string; readonly home: string };
  /** Outputs that fit what the emulator holds. */
  readonly outputs: DeploymentOutputs;
  readonly iam: IAMClient;
  readonly chartMirror: string;
  /** Installs the stand-in chart with the product's values. */
  install(spec: DeploymentSpec): Promise<void>;
  /** The way to FlyteAdmin that the product takes. */
  forward(spec: DeploymentSpec): Promise<OpenPortForward>;
  stop(): Promise<void>;
}

export async function startFlyteBed(): Promise<FlyteBed> {
  const dir = await mkdtemp(path.join(tmpdir(), 'hangar-flyte-'));
  const tools = await installTools(['moto', 'control-plane', 'kwok', 'helm']);
  const supervisor = new Supervisor(dir);
  const { endpoint } = await startMoto(supervisor, tools.moto);
  const cluster = await startControlPlane({
    supervisor,
    tools: { controlPlane: tools['control-plane'], kwok: tools.kwok },
    name: 'research',
    issuer: `https://${issuer}`,
    behindPods: async (kubeconfig) => [
      {
        namespace: flyteNamespace,
        ...(await startFlyteAdmin({ kubeconfig, awsEndpoint: endpoint, clusterName: 'research' })),
      },
    ],
  });
  const access = await adminAccess(cluster);
  const client = kubernetesClient(access);
  for (const name of ['node-a', 'node-b', 'node-c']) {
    const capacity = { cpu: '16', memory: '64Gi', pods: '110', 'ephemeral-storage': '100Gi' };
    const metadata = { name, labels: { 'kubernetes.io/hostname': name } };
    await client.core.createNode({ body: { metadata, status: { capacity, allocatable: capacity } } });
  }

  const iam = new IAMClient({ endpoint, region, credentials });
  const outputs = await awsParts(endpoint, iam);
  const secrets = new SecretsManagerClient({ endpoint, region, credentials });
  const stored = await secrets.send(new GetSecretValueCommand({ SecretId: outputs.database?.database_secret_id }));
  await writeDatabaseSecret(client, 'research', stored.SecretString ?? '');

  const settings = { helm: tools.helm, home: dir };
  const chartMirror = path.resolve(import.meta.dirname, '../../../local/charts');
  return {
    access,
    client,
    settings,
    outputs,
    iam,
    chartMirror,
    async install(spec) {
      const { chart } = flyteRelease(spec.flyte.distribution);
      await installRelease({
        settings,
        access,
        namespace: flyteNamespace,
        release: flyteReleaseName,
        chart: chartSource({ chart, address: chartMirror, version: '' }),
        values: chartValues(flyteValuesInput(spec, outputs, flyteValues({ spec, outputs }))),
        timeoutSeconds: 60,
      });
    },
    forward(spec) {
      const { name, port } = flyteRelease(spec.flyte.distribution).adminService;
      return openPortForward(access, { namespace: flyteNamespace, service: name, port });
    },
    async stop() {
      client.close();
      iam.destroy();
      await cluster.stop();
      await supervisor.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A token of a cluster administrator, as the product uses tokens. */
async function adminAccess({ kubeconfig, server, certificateAuthority }: ControlPlane): Promise<ClusterAccess> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const account = { namespace: 'kube-system', name: 'test-admin' };
  await core.createNamespacedServiceAccount({ namespace: account.namespace, body: { metadata: account } });
  await config.makeApiClient(RbacAuthorizationV1Api).createClusterRoleBinding({
    body: {
      metadata: { name: account.name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    },
  });
  const { status } = await core.createNamespacedServiceAccountToken({
    ...account,
    body: { spec: { audiences: [], expirationSeconds: 7200 } },
  });
  return {
    name: 'research',
    server,
    certificateAuthority,
    token: async () => ({ token: status?.token ?? '', expiresAt: new Date(Date.now() + 3_600_000) }),
  };
}

/** Database, bucket, OIDC provider and the roles of Flyte's components, as the modules make them. */
async function awsParts(endpoint: string, iam: IAMClient): Promise<DeploymentOutputs> {
  const rds = new RDSClient({ endpoint, region, credentials });
  const { DBCluster } = await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'research',
      Engine: 'aurora-postgresql',
      MasterUsername: 'flyteadmin',
      ManageMasterUserPassword: true,
      DatabaseName: 'flyteadmin',
    }),
  );
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const { bucket } = flyteOutputs;
  await s3.send(new CreateBucketCommand({ Bucket: bucket?.bucket_name }));

  const { OpenIDConnectProviderArn: provider } = await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${issuer}`,
      ClientIDList: ['sts.amazonaws.com'],
      ThumbprintList: ['0123456789012345678901234567890123456789'],
    }),
  );
  const domains = ['development', 'staging', 'production'];
  const trusted = {
    flyteadmin: ['flyte:flyteadmin'],
    flytepropeller: ['flyte:flytepropeller'],
    datacatalog: ['flyte:datacatalog'],
    task: domains.map((domain) => `flytesnacks-${domain}:default`),
  };
  for (const [identity, accounts] of Object.entries(trusted)) {
    const role = `research-${identity}`;
    await iam.send(
      new CreateRoleCommand({
        RoleName: role,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRoleWithWebIdentity',
              Principal: { Federated: provider },
              Condition: {
                StringEquals: {
                  [`${issuer}:aud`]: 'sts.amazonaws.com',
                  [`${issuer}:sub`]: accounts.map((account) => `system:serviceaccount:${account}`),
                },
              },
            },
          ],
        }),
      }),
    );
    await grantBucket(iam, role, ['s3:GetObject', 's3:PutObject']);
  }
  return {
    ...flyteOutputs,
    database: {
      database_host: DBCluster?.Endpoint ?? '',
      database_port: DBCluster?.Port ?? 0,
      database_name: 'flyteadmin',
      database_user: 'flyteadmin',
      database_secret_id: DBCluster?.MasterUserSecret?.SecretArn ?? '',
    },
    credentials: { database_secret_name: databaseSecretName },
  };
}

/** Gives a role exactly these actions on the bucket's objects. */
export async function grantBucket(iam: IAMClient, role: string, actions: readonly string[]): Promise<void> {
  const Resource = `${flyteOutputs.bucket?.bucket_id}/*`;
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: role,
      PolicyName: 'bucket',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: actions, Resource }],
      }),
    }),
  );
}
