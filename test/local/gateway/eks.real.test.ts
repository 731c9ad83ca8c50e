import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCloudResources } from '../../../local/gateway/listCloudResources.js';
import { packageRoot } from '../../../local/packageRoot.js';
import { installTools } from '../../../local/tools/installTools.js';
import { eksToken } from '../../../src/clouds/aws/eksToken.js';
import { useLocalCloud } from '../../support/localCloud.js';

const name = 'gateway-test';
const cloud = await useLocalCloud();
const endpoint = cloud.env.AWS_ENDPOINT_URL!;
let folder: string;
let kubectlProgram: string;
let before: Awaited<ReturnType<typeof listCloudResources>>;

const terraform = (...args: string[]) =>
  execa(cloud.env.HANGAR_TERRAFORM!, args, {
    cwd: folder,
    env: { ...cloud.env, TF_CLI_CONFIG_FILE: cloud.env.HANGAR_TERRAFORM_CONFIG!, TF_VAR_cluster_name: name },
    reject: false,
  });

async function describeCluster() {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const eks = new EKSClient({ endpoint, region: 'us-east-1', credentials });
  return (await eks.send(new DescribeClusterCommand({ name }))).cluster!;
}

/** kubectl with nothing but what EKS tells and a token. */
async function kubectl(args: readonly string[], change: Partial<Parameters<typeof eksToken>[0]> = {}, input = '') {
  const cluster = await describeCluster();
  const { token } = await eksToken({
    clusterName: name,
    region: 'us-east-1',
    endpoint: new URL('https://sts.us-east-1.amazonaws.com'),
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    now: new Date(),
    ...change,
  });
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: { server: cluster.endpoint, 'certificate-authority-data': cluster.certificateAuthority!.data },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  const kubeconfig = join(folder, 'kubeconfig.json');
  await writeFile(kubeconfig, JSON.stringify(config));
  return execa(kubectlProgram, ['--kubeconfig', kubeconfig, ...args], { input, reject: false });
}

beforeAll(async () => {
  before = await listCloudResources(endpoint);
  kubectlProgram = (await installTools(['kubectl'])).kubectl;
  folder = await mkdtemp(join(tmpdir(), 'hangar-eks-'));
  await cp(join(packageRoot, 'test/fixtures/local-eks'), folder, { recursive: true });
  expect(await terraform('init', '-no-color')).toMatchObject({ exitCode: 0 });
  expect(await terraform('apply', '-auto-approve', '-no-color')).toMatchObject({ exitCode: 0 });
});
afterAll(async () => {
  await terraform('destroy', '-auto-approve');
  await rm(folder, { recursive: true, force: true });
});

describe('an EKS cluster made by terraform', () => {
  it('has nothing left to change', async () => {
    expect(await terraform('plan', '-detailed-exitcode', '-no-color')).toMatchObject({ exitCode: 0 });
  });

  it('is real: its nodes are ready, where the node group says', async () => {
    const { stdout } = await kubectl(['get', 'nodes', '-o', 'json']);
    const nodes: {
      metadata: { labels: Record<string, string> };
      status: { conditions: { type: string; status: string }[] };
    }[] = JSON.parse(stdout).items;
    expect(nodes.map(({ metadata }) => metadata.labels['topology.kubernetes.io/zone'])).toEqual([
      'us-east-1a',
      'us-east-1b',
    ]);
    for (const { metadata, status } of nodes) {
      expect(metadata.labels.pool).toBe('workers');
      expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
    }
  });

  it('has a security group in its network, as EKS gives it', async () => {
    const { resourcesVpcConfig } = await describeCluster();
    expect(await listCloudResources(endpoint)).toContainEqual({
      type: 'ec2 SecurityGroup',
      id: `${resourcesVpcConfig!.vpcId}/${resourcesVpcConfig!.clusterSecurityGroupId}`,
      region: 'us-east-1',
    });
  });

  it('takes its creator for an administrator', async () => {
    const { stdout } = await kubectl(['auth', 'whoami', '-o', 'json']);
    expect(JSON.parse(stdout).status.userInfo.groups).toContain('system:masters');
  });

  it.each([
    ['for another cluster', { clusterName: 'another' }],
    ['that has expired', { now: new Date(Date.now() - 16 * 60_000) }],
    ['signed with a wrong secret', { credentials: { accessKeyId: 'test', secretAccessKey: 'guess' } }],
    ['of an unknown access key', { credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'test' } }],
  ])('refuses a token %s', async (_what, change) => {
    const { exitCode, stderr } = await kubectl(['get', 'namespaces'], change);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('Unauthorized')]);
  });

  it('gives service account tokens of the issuer that IAM trusts', async () => {
    const { stdout } = await kubectl(['create', 'token', 'default', '--audience', 'sts.amazonaws.com']);
    const claims = JSON.parse(Buffer.from(stdout.split('.')[1]!, 'base64url').toString());
    const issuer = (await terraform('output', '-raw', 'issuer')).stdout;
    expect(claims).toMatchObject({
      iss: issuer,
      aud: ['sts.amazonaws.com'],
      sub: 'system:serviceaccount:default:default',
    });
  });

  it('lets pods become ready, succeed, fail, or lack their image', async () => {
    const pod = (podName: string, image: string, restartPolicy: string, command: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: podName },
      spec: { restartPolicy, containers: [{ name: 'main', image, command: [command] }] },
    });
    const items = [
      pod('serves', 'nginx', 'Always', 'nginx'),
      pod('ends', 'busybox', 'Never', 'true'),
      pod('fails', 'busybox', 'Never', 'false'),
      pod('lacks', 'registry.invalid/none:1', 'Always', 'x'),
    ];
    const applied = await kubectl(['apply', '-f', '-'], {}, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    expect(applied).toMatchObject({ exitCode: 0 });
    const template =
      '{range .items[*]}{.metadata.name}={.status.phase}/{.status.containerStatuses[0].state.waiting.reason} {end}';
    const wanted = 'ends=Succeeded/ fails=Failed/ lacks=Pending/ImagePullBackOff serves=Running/ ';
    let seen = '';
    for (let tries = 0; seen !== wanted && tries < 60; tries++) {
      seen = (await kubectl(['get', 'pods', '-o', `jsonpath=${template}`])).stdout;
      await sleep(500);
    }
    expect(seen).toBe(wanted);
  });

  it('gets and loses nodes as its node group changes', async () => {
    for (const count of [3, 1]) {
      expect(await terraform('apply', '-auto-approve', '-no-color', `-var=nodes=${count}`)).toMatchObject({
        exitCode: 0,
      });
      expect((await kubectl(['get', 'nodes', '-o', 'name'])).stdout.trim().split('\n')).toHaveLength(count);
    }
  });

  it('is gone after destroy: its processes, and every resource', async () => {
    const { endpoint: server } = await describeCluster();
    expect(await terraform('destroy', '-auto-approve', '-no-color')).toMatchObject({ exitCode: 0 });
    await expect(describeCluster()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(fetch(server!)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    expect(await listCloudResources(endpoint)).toEqual(before);
  });
});
