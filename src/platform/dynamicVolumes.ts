import type { V1OwnerReference, V1PersistentVolume, V1Pod } from '@kubernetes/client-node';
import { heldBy, type Remaining } from '../kubernetes/awaitGone.js';
import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';

/** Set by the provisioner on every volume it made; https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const provisionedBy = 'pv.kubernetes.io/provisioned-by';

/** A volume that a driver made for a claim and deletes with it. One with reclaim policy Retain is meant to outlive both. */
export function isDynamic({ metadata, spec }: V1PersistentVolume): boolean {
  return metadata?.annotations?.[provisionedBy] !== undefined && spec?.persistentVolumeReclaimPolicy === 'Delete';
}

/** The dynamic volumes that are still there. */
export async function readDynamicVolumes(client: KubernetesClient): Promise<Remaining[]> {
  const { items } = await client.core.listPersistentVolume();
  return items.filter(isDynamic).map(({ metadata, spec, status }) => {
    const claim = spec?.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : 'none';
    return {
      object: `volume ${metadata?.name}`,
      reason:
        status?.phase === 'Bound'
          ? `is bound to claim ${claim}`
          : status?.phase === 'Failed'
            ? `its driver could not delete it: ${status.message ?? 'no reason given'}`
            : heldBy(metadata),
    };
  });
}

/** Deletes the claims on dynamic volumes, and the workloads whose pods would hold them. */
export async function deleteClaims(client: KubernetesClient): Promise<void> {
  const { items } = await client.core.listPersistentVolume();
  const claims = items.filter(isDynamic).flatMap(({ spec }) => spec?.claimRef ?? []);
  for (const { namespace = '', name = '' } of claims) {
    await ignoreMissing(client.core.deleteNamespacedPersistentVolumeClaim({ namespace, name }));
    const pods = await client.core.listNamespacedPod({ namespace });
    for (const pod of pods.items.filter((item) => usesClaim(item, name))) await deleteWorkload(client, namespace, pod);
  }
}

const usesClaim = ({ spec }: V1Pod, claim: string): boolean =>
  (spec?.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim);

/** Deletes what would make the pod anew, and by that the pod; the pod itself where nothing would. */
async function deleteWorkload(client: KubernetesClient, namespace: string, pod: V1Pod): Promise<void> {
  let object = { apiVersion: 'v1', kind: 'Pod', metadata: pod.metadata };
  for (;;) {
    const owner: V1OwnerReference | undefined = object.metadata?.ownerReferences?.find(({ controller }) => controller);
    if (!owner) break;
    const { apiVersion, kind, name } = owner;
    const found = await ignoreMissing(client.objects.read({ apiVersion, kind, metadata: { namespace, name } }));
    if (!found) break;
    object = { apiVersion, kind, metadata: found.metadata };
  }
  const { apiVersion, kind, metadata } = object;
  const target = { apiVersion, kind, metadata: { namespace, name: metadata?.name ?? '' } };
  await ignoreMissing(client.objects.delete(target, undefined, undefined, undefined, undefined, 'Background'));
}

async function ignoreMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
