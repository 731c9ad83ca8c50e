import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionRequest, TaskRequest } from '../../src/flyte/adminClient.js';
import { AdminApi } from './AdminApi.js';
import { awsClients } from './AwsClients.js';
import { type AppliedTemplates, applyClusterResources, pendingClusterResources } from './applyClusterResources.js';
import { clusterApis } from './ClusterApis.js';
import { checkDatabase } from './checkDatabase.js';
import { ensureWorkflowDefinition } from './ensureWorkflowDefinition.js';
import { readInstallation } from './Installation.js';
import { StandInError } from './StandInError.js';

export interface FlyteAdminOptions {
  /** Of a member of system:masters. */
  readonly kubeconfig: string;
  /** The local cloud's AWS_ENDPOINT_URL. */
  readonly awsEndpoint: string;
  /** Default `us-east-1`. */
  readonly region?: string;
  readonly clusterName: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Told of what goes wrong between requests. */
  readonly log?: (line: string) => void;
}

/** How often new projects get their namespaces. */
const syncMs = 1_000;

/**
 * Starts the stand-in for FlyteAdmin and FlytePropeller of one cluster, on 127.0.0.1. It plays what the chart in the
 * cluster describes, and fails where a real Flyte would: no ready pods, wrong database, wrong identities. Every answer
 * carries `x-hangar-stand-in: flyteadmin`.
 */
export async function startFlyteAdmin(options: FlyteAdminOptions): Promise<{ port: number; stop(): Promise<void> }> {
  const apis = clusterApis(options.kubeconfig);
  const aws = awsClients(options.awsEndpoint, options.region ?? 'us-east-1');
  const api = new AdminApi(apis, aws, options.clusterName);
  const stopping = new AbortController();

  const applied: AppliedTemplates = new Set();
  let deployment: string | undefined;
  const sync = async () => {
    const installation = await readInstallation(apis);
    const { uid } = installation.adminDeployment.metadata ?? {};
    // A FlyteAdmin that was installed anew has applied nothing.
    if (uid !== deployment) applied.clear();
    deployment = uid;
    const pending = pendingClusterResources(installation, applied);
    if (pending.length === 0) return;
    await checkDatabase(installation, apis, aws);
    await ensureWorkflowDefinition(installation, apis);
    await applyClusterResources(pending, apis, applied);
  };
  const syncing = (async () => {
    let last = '';
    while (!stopping.signal.aborted) {
      const said = await sync().then(
        () => '',
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (said !== last && said !== '') options.log?.(said);
      last = said;
      await sleep(syncMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();

  const server = createServer((request, response) => {
    answer(api, request).then(
      (body) => send(response, 200, body),
      (error: unknown) => {
        if (error instanceof StandInError) {
          send(response, error.status, { error: error.message, code: error.code, message: error.message });
        } else {
          const message = error instanceof Error ? error.message : String(error);
          options.log?.(`${request.method} ${request.url}: ${message}`);
          send(response, 500, { error: message, code: 13, message });
        }
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      stopping.abort();
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), syncing]);
    },
  };
}

/** @returns the answer's body; undefined for an empty one */
async function answer(api: AdminApi, request: IncomingMessage): Promise<unknown> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const execution = /^\/api\/v1\/(data\/)?executions\/([^/]+\/[^/]+\/[^/]+)$/.exec(pathname);
  const route = `${request.method} ${execution ? `/api/v1/${execution[1] ?? ''}executions/ID` : pathname}`;
  const key = decodeURIComponent(execution?.[2] ?? '');
  switch (route) {
    case 'GET /healthcheck':
      return await api.health().then(() => undefined);
    case 'GET /api/v1/version':
      return await api.version();
    case 'GET /api/v1/projects':
      return await api.projects();
    case 'POST /api/v1/tasks':
      return await api.createTask((await json(request)) as TaskRequest);
    case 'POST /api/v1/executions':
      return await api.createExecution((await json(request)) as ExecutionRequest);
    case 'GET /api/v1/executions/ID':
      return await api.execution(key);
    case 'GET /api/v1/data/executions/ID':
      return await api.executionData(key);
    case 'DELETE /api/v1/executions/ID':
      return await api.terminateExecution(key, String(((await json(request)) as { cause?: unknown }).cause ?? ''));
    case 'GET /console':
      return await api.health().then(() => 'A stand-in answers for FlyteAdmin here: there is no console to show.\n');
    default:
      throw new StandInError('notFound', `the stand-in has no ${route}`);
  }
}

async function json(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString() || '{}');
  } catch {
    throw new StandInError('invalid', 'the body is not JSON');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = typeof body === 'string';
  response.writeHead(status, {
    'x-hangar-stand-in': 'flyteadmin',
    'content-type': text ? 'text/plain' : 'application/json',
  });
  response.end(text ? body : body === undefined ? '' : JSON.stringify(body));
}
