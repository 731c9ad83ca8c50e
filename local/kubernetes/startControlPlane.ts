import { readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { HangarError } from '../../src/errors/HangarError.js';
import { freePort } from '../processes/freePort.js';
import type { RunningProgram, Supervisor } from '../processes/Supervisor.js';
import { clusterPki } from './clusterPki.js';
import {
  apiServerArguments,
  controllerManagerArguments,
  etcdArguments,
  schedulerArguments,
} from './controlPlaneArguments.js';
import { startKwok } from './startKwok.js';

/** The programs a cluster is made of. */
export interface ClusterTools {
  readonly controlPlane: string;
  readonly kwok: string;
}

/** What a cluster is to be like. */
export interface ControlPlaneOptions {
  readonly supervisor: Supervisor;
  readonly tools: ClusterTools;
  /** Unique in the local cloud. */
  readonly name: string;
  /** Issuer of service account tokens: what an OIDC provider of the cloud trusts. */
  readonly issuer: string;
  /** A TokenReview webhook that knows the cloud's own tokens. */
  readonly tokenWebhook?: string;
  /**
   * Started when the API is up; connections that are port-forwarded to pods of a namespace lead to its port.
   * Without one they fail: kwok's pods run nothing.
   */
  readonly behindPods?: (kubeconfig: string) => Promise<readonly PodBackend[]>;
}

/** What answers in place of a namespace's pods. */
export interface PodBackend {
  readonly namespace: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** A running cluster: its own etcd, API server, controller manager, scheduler, and kwok for its nodes. */
export interface ControlPlane {
  readonly server: string;
  /** PEM. */
  readonly certificateAuthority: string;
  /** Kubeconfig of a member of system:masters. */
  readonly kubeconfig: string;
  readonly programs: readonly RunningProgram[];
  stop(): Promise<void>;
}

/**
 * Starts a cluster; about five seconds, half a gigabyte. Several can run at once.
 * @throws HGR-804 when a program of it does not start; none of it runs then
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { supervisor, tools, name } = options;
  const folder = join(supervisor.dir, 'clusters', name);
  const [apiPort, etcdPort, peerPort] = [await freePort(), await freePort(), await freePort()];
  const server = `https://127.0.0.1:${apiPort}`;
  const pki = await clusterPki(folder, server);
  const programs: RunningProgram[] = [];
  const backends: PodBackend[] = [];
  const stop = async () => {
    await Promise.all([...backends, ...programs].map((each) => each.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  const start = async (program: string, args: readonly string[], ready: () => Promise<boolean>) => {
    programs.push(
      await supervisor.start({
        name: `${name}/${program}`,
        command: tools.controlPlane,
        args: [program, ...args],
        ready,
        // There is nothing to save, and an API server whose etcd goes away waits long for it to come back.
        graceMs: 300,
      }),
    );
  };
  try {
    const etcd = `http://127.0.0.1:${etcdPort}`;
    await start('etcd', etcdArguments(join(folder, 'etcd'), etcd, `http://127.0.0.1:${peerPort}`), async () => {
      return (await fetch(`${etcd}/readyz`)).ok;
    });
    const ready = await isHealthy(`${server}/readyz`, pki.files.ca);
    await start('kube-apiserver', await apiServerArguments(options, folder, pki, apiPort, etcd), ready);
    backends.push(...((await options.behindPods?.(pki.kubeconfigs.admin)) ?? []));
    const [managerPort, schedulerPort] = [await freePort(), await freePort()];
    await Promise.all([
      start('kube-controller-manager', controllerManagerArguments(pki, managerPort), await listens(managerPort)),
      start('kube-scheduler', schedulerArguments(pki, schedulerPort), await listens(schedulerPort)),
      startKwok({ supervisor, kwok: tools.kwok, name, folder, pki, backends }).then((kwok) => programs.push(kwok)),
    ]);
    await hasDefaultServiceAccount(pki.kubeconfigs.admin);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    server,
    certificateAuthority: pki.certificateAuthority,
    kubeconfig: pki.kubeconfigs.admin,
    programs,
    stop,
  };
}

/** Pods are refused until the controller manager has made it. */
async function hasDefaultServiceAccount(kubeconfig: string): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  for (let tries = 0; ; tries++) {
    try {
      await api.readNamespacedServiceAccount({ namespace: 'default', name: 'default' });
      return;
    } catch (cause) {
      if (tries === 300) throw new HangarError('HGR-804', 'The cluster makes no service accounts', { cause });
      await sleep(100);
    }
  }
}

/** Controller manager and scheduler serve their health with a certificate they make themselves. */
async function listens(port: number): Promise<() => Promise<boolean>> {
  return () => answers({ url: `https://127.0.0.1:${port}/healthz`, rejectUnauthorized: false });
}

async function isHealthy(url: string, caFile: string): Promise<() => Promise<boolean>> {
  const ca = await readFile(caFile, 'utf8');
  return () => answers({ url, ca });
}

function answers({ url, ...tls }: { url: string; ca?: string; rejectUnauthorized?: boolean }): Promise<boolean> {
  return new Promise((resolve) => {
    const call = request(url, { ...tls, agent: false, timeout: 2_000 }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
    });
    call.once('error', () => resolve(false));
    call.once('timeout', () => call.destroy());
    call.end();
  });
}
