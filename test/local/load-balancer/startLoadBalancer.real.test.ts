import { Resolver } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDns } from '../../../local/dns/startDns.js';
import { standardPortsPermitted } from '../../../local/load-balancer/Frontend.js';
import { readRegistry } from '../../../local/load-balancer/loadBalancerRegistry.js';
import { chartSource } from '../../../src/helm/chartSource.js';
import { installRelease } from '../../../src/helm/installRelease.js';
import { loadBalancerAddress } from '../../../src/kubernetes/loadBalancerAddress.js';
import { until } from '../../kubernetes/testCluster.js';
import { type PlatformBed, startPlatformBed } from '../../platform/platformBed.js';
import { makeWebApplication } from '../../platform/webApplication.js';

const host = 'flyte.example.com';
let bed: PlatformBed;

beforeAll(async () => {
  bed = await startPlatformBed();
});
afterAll(() => bed?.stop());

const address = () =>
  until('the ingress has an address', async () => {
    const found = await loadBalancerAddress(bed.cluster.client, 'default');
    if (!found) throw new Error(bed.said.join('\n'));
    return found;
  });

/** Installs the controller's chart as the platform step does. */
async function installController(): Promise<void> {
  const chart = bed.cloud.platformCharts!(bed.request.spec)[0]!;
  await installRelease({
    settings: bed.settings,
    access: bed.cluster.access,
    namespace: chart.namespace,
    release: chart.release,
    chart: chartSource({ ...chart, address: chart.repository, mirror: bed.settings.chartMirror! }),
    values: chart.values(bed.request),
    timeoutSeconds: 60,
  });
}

interface Answer {
  status: number;
  body: string;
  location: string | undefined;
  standIn: string | string[] | undefined;
}

function get(
  protocol: 'http' | 'https',
  path: string,
  to: { address: string; port: number },
  as = host,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: to.address,
      port: to.port,
      path,
      headers: { host: as },
      servername: as,
      ca: bed.standIn.certificateAuthority,
    };
    const call = (protocol === 'https' ? httpsRequest : httpRequest)(options, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body,
          location: response.headers.location,
          standIn: response.headers['x-hangar-stand-in'],
        }),
      );
    });
    call.on('error', reject);
    call.end();
  });
}

describe.sequential('an ingress', () => {
  let hostname: string;

  test('has no load balancer while no controller stands in the cluster', async () => {
    const { CertificateArn } = await new ACMClient({ endpoint: bed.moto.endpoint, region: 'us-east-1' }).send(
      new RequestCertificateCommand({ DomainName: host }),
    );
    await makeWebApplication(bed.cluster.client, {
      name: 'web',
      host,
      annotations: {
        scheme: 'internet-facing',
        'group.name': 'research',
        'listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
        'ssl-redirect': '443',
        'certificate-arn': CertificateArn ?? '',
        tags: 'owner=flyte',
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await loadBalancerAddress(bed.cluster.client, 'default')).toBeNull();
    expect(await bed.balancers()).toEqual([]);
  });

  test('gets one with the real controller’s tags and finalizer once it does', async () => {
    await installController();
    hostname = await address();
    const [balancer, ...others] = await bed.balancers();
    expect(others).toEqual([]);
    expect(balancer).toMatchObject({
      hostname,
      scheme: 'internet-facing',
      tags: {
        'elbv2.k8s.aws/cluster': 'research',
        'ingress.k8s.aws/stack': 'research',
        'ingress.k8s.aws/resource': 'LoadBalancer',
        'hangar:deployment': 'research',
        owner: 'flyte',
        team: 'data',
      },
    });
    expect(await bed.targetGroups()).toHaveLength(1);
    const ingress = await bed.cluster.client.networking.readNamespacedIngress({ namespace: 'default', name: 'web' });
    expect(ingress.metadata?.finalizers).toEqual(['group.ingress.k8s.aws/research']);
  });

  test('is served over HTTPS under its host and paths, by a name that Route 53 knows', async () => {
    const route53 = new Route53Client({ endpoint: bed.moto.endpoint, region: 'us-east-1' });
    const { HostedZone } = await route53.send(
      new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'x' }),
    );
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: HostedZone?.Id,
        ChangeBatch: {
          Changes: [
            {
              Action: 'CREATE',
              ResourceRecordSet: {
                Name: host,
                Type: 'A',
                AliasTarget: { HostedZoneId: 'Z35SXDOTRQ7X7K', DNSName: hostname, EvaluateTargetHealth: false },
              },
            },
          ],
        },
      }),
    );
    const dns = await startDns({ awsEndpoint: bed.moto.endpoint, loadBalancers: bed.registry });
    try {
      const resolver = new Resolver();
      resolver.setServers([`127.0.0.1:${dns.port}`]);
      const [ip = ''] = await resolver.resolve4(host);
      expect(await resolver.resolve4(hostname)).toEqual([ip]);
      const { ports } = (await readRegistry(bed.registry))[hostname]!;
      const permitted = await standardPortsPermitted();
      expect(ports['443'] === 443).toBe(permitted);

      const https = { address: ip, port: ports['443']! };
      expect(await get('https', '/api/v1/version?x=1', https)).toMatchObject({
        status: 200,
        body: '/api/v1/version?x=1 by https',
        standIn: 'load-balancer',
      });
      expect(await get('https', '/console', https)).toMatchObject({ status: 404 });
      await expect(get('https', '/api/v1/version', https, 'other.example.com')).rejects.toThrow(/altnames/);
      expect(await get('http', '/api/v1/version', { address: ip, port: ports['80']! })).toMatchObject({
        status: 301,
        location: `https://${host}/api/v1/version`,
      });
    } finally {
      await dns.stop();
    }
  });

  test('answers 503 while no pod behind its service is ready', async () => {
    const { client } = bed.cluster;
    const target = { namespace: 'default', name: 'web' };
    const deployment = await client.apps.readNamespacedDeployment(target);
    deployment.spec!.replicas = 0;
    await client.apps.replaceNamespacedDeployment({ ...target, body: deployment });
    const found = (await readRegistry(bed.registry))[hostname]!;
    await until('the load balancer has noticed', async () => {
      const { status } = await get('https', '/api/v1/version', { address: found.address, port: found.ports['443']! });
      if (status !== 503) throw new Error(`${status}`);
    });
  });

  test('is deleted with its load balancer, and its address is forgotten', async () => {
    const target = { namespace: 'default', name: 'web' };
    await bed.cluster.client.networking.deleteNamespacedIngress(target);
    await until('the ingress is gone', async () => {
      await expect(bed.cluster.client.networking.readNamespacedIngress(target)).rejects.toMatchObject({
        code: 'HGR-411',
      });
    });
    expect(await bed.balancers()).toEqual([]);
    expect(await bed.targetGroups()).toEqual([]);
    expect(await readRegistry(bed.registry)).toEqual({});
  });
});

describe.sequential('a service of type LoadBalancer', () => {
  const target = { namespace: 'default', name: 'tcp' };

  test('gets a network load balancer', async () => {
    await bed.cluster.client.core.createNamespacedService({
      namespace: 'default',
      body: { metadata: { name: 'tcp' }, spec: { type: 'LoadBalancer', ports: [{ port: 9000 }] } },
    });
    const hostname = await address();
    expect(await bed.balancers()).toMatchObject([
      { hostname, scheme: 'internal', tags: { 'service.k8s.aws/stack': 'default/tcp' } },
    ]);
    const found = (await readRegistry(bed.registry))[hostname]!;
    expect(await get('http', '/raw', { address: found.address, port: found.ports['9000']! })).toMatchObject({
      status: 200,
      body: '/raw by undefined',
    });
  });

  test('keeps its finalizer while the controller may not delete, with the reason as an event', async () => {
    const iam = new IAMClient({ endpoint: bed.moto.endpoint, region: 'us-east-1' });
    await iam.send(new DeleteRoleCommand({ RoleName: 'load-balancer-controller' }));
    await bed.cluster.client.core.deleteNamespacedService(target);
    await until('the stand-in has said so', async () => {
      const { items } = await bed.cluster.client.core.listNamespacedEvent({ namespace: 'default' });
      const found = items.find(
        ({ reason, involvedObject }) => reason === 'FailedDeployModel' && involvedObject.name === 'tcp',
      );
      expect(found?.message).toContain('cannot be assumed');
    });
    const service = await bed.cluster.client.core.readNamespacedService(target);
    expect(service.metadata?.finalizers).toContain('service.k8s.aws/resources');
    expect(await bed.balancers()).toHaveLength(1);
  });
});
