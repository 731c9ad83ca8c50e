import { join } from 'node:path';
import type { ClusterPki } from './clusterPki.js';
import type { ControlPlaneOptions } from './startControlPlane.js';
import { writeKubeconfig } from './writeKubeconfig.js';

/** https://etcd.io/docs/v3.6/op-guide/configuration/ */
export function etcdArguments(data: string, client: string, peer: string): string[] {
  return [
    `--data-dir=${data}`,
    // Nothing in here outlives the process, so nothing need reach the disk.
    '--unsafe-no-fsync',
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--log-level=warn',
  ];
}

/** https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ */
export async function apiServerArguments(
  { issuer, tokenWebhook }: Pick<ControlPlaneOptions, 'issuer' | 'tokenWebhook'>,
  folder: string,
  { files }: ClusterPki,
  port: number,
  etcd: string,
): Promise<string[]> {
  const webhook: string[] = [];
  if (tokenWebhook) {
    const config = join(folder, 'token-webhook.kubeconfig');
    await writeKubeconfig(config, { server: tokenWebhook });
    webhook.push(
      `--authentication-token-webhook-config-file=${config}`,
      '--authentication-token-webhook-version=v1',
      '--authentication-token-webhook-cache-ttl=10s',
    );
  }
  return [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--tls-cert-file=${files.serverCertificate}`,
    `--tls-private-key-file=${files.serverKey}`,
    `--client-ca-file=${files.ca}`,
    `--kubelet-client-certificate=${files.kubeletClientCertificate}`,
    `--kubelet-client-key=${files.kubeletClientKey}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--service-account-issuer=${issuer}`,
    // Cluster-internal clients and those of the cloud's token exchange: the audiences of EKS.
    '--api-audiences=https://kubernetes.default.svc,sts.amazonaws.com',
    `--service-account-key-file=${files.serviceAccountKey}`,
    `--service-account-signing-key-file=${files.serviceAccountKey}`,
    '--authorization-mode=Node,RBAC',
    '--service-cluster-ip-range=10.100.0.0/16',
    '--allow-privileged=true',
    ...webhook,
  ];
}

/** https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/ */
export function controllerManagerArguments({ files, kubeconfigs }: ClusterPki, port: number): string[] {
  return [
    ...componentArguments(kubeconfigs.controllerManager, port),
    '--use-service-account-credentials=true',
    `--service-account-private-key-file=${files.serviceAccountKey}`,
    `--root-ca-file=${files.ca}`,
    `--cluster-signing-cert-file=${files.ca}`,
    `--cluster-signing-key-file=${files.caKey}`,
  ];
}

/** https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/ */
export function schedulerArguments({ kubeconfigs }: ClusterPki, port: number): string[] {
  return componentArguments(kubeconfigs.scheduler, port);
}

function componentArguments(kubeconfig: string, port: number): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
  ];
}
