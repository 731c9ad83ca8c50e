import type { IncomingMessage } from 'node:http';
import type { ControlPlaneOptions } from '../kubernetes/startControlPlane.js';
import type { AwsCall } from './awsCall.js';
import { type ClusterRequest, EksCluster } from './EksCluster.js';
import type { EmulatedIdentities } from './EmulatedIdentities.js';
import type { Emulator, EmulatorAnswer } from './Emulator.js';
import { eksRoute } from './eksRoute.js';
import { nodegroupSchema } from './nodegroupNodes.js';

type Json = Record<string, unknown>;

/** How long a question about something that is on its way is held back for its answer. */
const patienceMs = 3_000;

/** How the clusters' control planes are started; the rest is the cluster's own. */
export type ClusterSetup = Pick<ControlPlaneOptions, 'supervisor' | 'tools'> & {
  readonly behindPods?: (cluster: {
    name: string;
    region: string;
    kubeconfig: string;
    awsEndpoint: string;
  }) => ReturnType<NonNullable<ControlPlaneOptions['behindPods']>>;
  /** Base of the token webhooks' URLs. */
  readonly gatewayEndpoint: string;
};

/** The EKS clusters of the emulator and the control planes that make them real. */
export class EksClusters {
  readonly #emulator: Emulator;
  readonly #identities: EmulatedIdentities;
  readonly #setup: ClusterSetup;
  readonly #clusters = new Map<string, EksCluster>();
  /** Updates under way or done, by id: the group they change, or null for the cluster itself. */
  readonly #updates = new Map<string, { nodegroup: string | null; update: Json }>();

  constructor(emulator: Emulator, identities: EmulatedIdentities, setup: ClusterSetup) {
    this.#emulator = emulator;
    this.#identities = identities;
    this.#setup = setup;
  }

  find(region: string, name: string): EksCluster | undefined {
    return this.#clusters.get(`${region}/${name}`);
  }

  list(): EksCluster[] {
    return [...this.#clusters.values()];
  }

  /** Stops every control plane. */
  async stop(): Promise<void> {
    await Promise.all(this.list().map((cluster) => cluster.stop()));
  }

  /** Answers an EKS call that the gateway has a hand in; null for one it leaves alone. */
  async answer(request: IncomingMessage, call: AwsCall, body: Buffer): Promise<EmulatorAnswer | null> {
    const route = eksRoute(request.method, request.url);
    if (!route) return null;
    const emulator = () => this.#emulator.answer(request, body);
    if (route.action === 'CreateCluster') return this.#create(call, body, emulator);
    const cluster = this.find(call.region, route.cluster);
    if (!cluster) return emulator();
    switch (route.action) {
      case 'DescribeCluster':
        await cluster.settled(patienceMs);
        if (this.find(call.region, route.cluster) !== cluster) return emulator();
        if (cluster.deleting) return answer({ cluster: cluster.describe() });
        return changed(await emulator(), ({ cluster: description }) => ({
          cluster: cluster.describe(description as Json),
        }));
      case 'DeleteCluster':
        return changed(await emulator(), ({ cluster: description }) => {
          const key = `${call.region}/${cluster.name}`;
          void cluster.delete().finally(() => this.#clusters.delete(key));
          return { cluster: cluster.describe(description as Json) };
        });
      case 'CreateNodegroup':
        return changed(await emulator(), ({ nodegroup }) => {
          const group = nodegroupSchema.parse(nodegroup);
          cluster.createNodegroup(group, JSON.parse(body.toString('utf8')) as Json, nodegroup as Json);
          return { nodegroup: cluster.describeNodegroup(group.nodegroupName, nodegroup as Json) };
        });
      case 'DescribeNodegroup': {
        await cluster.settled(patienceMs, route.nodegroup);
        if (cluster.nodegroupStatus(route.nodegroup)?.startsWith('DELET')) {
          return answer({ nodegroup: cluster.describeNodegroup(route.nodegroup) });
        }
        return changed(await emulator(), ({ nodegroup }) => ({
          nodegroup: cluster.describeNodegroup(route.nodegroup, nodegroup as Json),
        }));
      }
      case 'DeleteNodegroup':
        return changed(await emulator(), ({ nodegroup }) => {
          cluster.deleteNodegroup(route.nodegroup);
          return { nodegroup: cluster.describeNodegroup(route.nodegroup, nodegroup as Json) };
        });
      case 'UpdateNodegroupConfig': {
        const updated = await emulator();
        if (updated.status === 200)
          cluster.updateNodegroup(
            await this.#nodegroup(request, route.cluster, route.nodegroup),
            JSON.parse(body.toString('utf8')) as Json,
          );
        return changed(updated, ({ update }) => this.#remember(update as Json, route.nodegroup));
      }
      case 'UpdateClusterConfig':
        return changed(await emulator(), ({ update }) => this.#remember(update as Json, null));
      case 'DescribeUpdate':
        await cluster.settled(patienceMs, this.#updates.get(route.update)?.nodegroup ?? undefined);
        return this.#describeUpdate(cluster, route.update);
    }
  }

  async #create(call: AwsCall, body: Buffer, emulator: () => Promise<EmulatorAnswer>): Promise<EmulatorAnswer> {
    const requested = JSON.parse(body.toString('utf8') || '{}') as ClusterRequest & { name?: string };
    const name = String(requested.name);
    if (this.find(call.region, name)?.deleting) {
      return answer({ __type: 'ResourceInUseException', message: `Cluster ${name} is still being deleted` }, 409);
    }
    const creatorArn = await this.#identities.arnOf(call.accessKeyId, call.region);
    return changed(await emulator(), ({ cluster: description }) => {
      const { oidc } = (description as { identity: { oidc: { issuer: string } } }).identity;
      const { gatewayEndpoint, behindPods, ...setup } = this.#setup;
      const cluster = new EksCluster(
        { name, region: call.region, creatorArn },
        requested,
        description as Json,
        this.#emulator.endpoint,
        {
          ...setup,
          name: call.region === 'us-east-1' ? name : `${call.region}.${name}`,
          issuer: oidc.issuer,
          tokenWebhook: `${gatewayEndpoint}/_hangar/token-reviews/${call.region}/${name}`,
          behindPods:
            behindPods &&
            ((kubeconfig) => behindPods({ name, region: call.region, kubeconfig, awsEndpoint: gatewayEndpoint })),
        },
      );
      this.#clusters.set(`${call.region}/${name}`, cluster);
      return { cluster: cluster.describe() };
    });
  }

  async #nodegroup(request: IncomingMessage, cluster: string, nodegroup: string) {
    const response = await fetch(`${this.#emulator.endpoint}/clusters/${cluster}/node-groups/${nodegroup}`, {
      headers: { authorization: request.headers.authorization ?? '' },
    });
    return nodegroupSchema.parse(((await response.json()) as Json).nodegroup);
  }

  #remember(update: Json, nodegroup: string | null): Json {
    const id = String(update.id);
    this.#updates.set(id, { nodegroup, update });
    return { update: { ...update, status: 'InProgress' } };
  }

  #describeUpdate(cluster: EksCluster, id: string): EmulatorAnswer {
    const known = this.#updates.get(id);
    if (!known) return answer({ __type: 'ResourceNotFoundException', message: `No update found for ID: ${id}` }, 404);
    const status = known.nodegroup === null ? 'ACTIVE' : cluster.nodegroupStatus(known.nodegroup);
    const done = status === 'UPDATING' ? 'InProgress' : status === 'ACTIVE' ? 'Successful' : 'Failed';
    return answer({ update: { ...known.update, status: done } });
  }
}

const headers = { 'content-type': 'application/json', 'x-hangar-stand-in': 'gateway: EKS with a local Kubernetes' };

function answer(body: Json, status = 200): EmulatorAnswer {
  const errorType = typeof body.__type === 'string' ? { 'x-amzn-errortype': body.__type } : {};
  return { status, headers: { ...headers, ...errorType }, body: Buffer.from(JSON.stringify(body)) };
}

/** A good answer with its body changed; an error as it is. */
function changed(original: EmulatorAnswer, change: (body: Json) => Json): EmulatorAnswer {
  if (original.status !== 200) return original;
  return answer(change(JSON.parse(original.body.toString('utf8')) as Json));
}
