import { isNotFound } from '../kubernetes/classifyKubernetesError.js';
import type { KubernetesClient } from '../kubernetes/kubernetesClient.js';
import { flyteNamespace } from './flyteRelease.js';

const apiVersion = 'admissionregistration.k8s.io/v1';
const kind = 'MutatingWebhookConfiguration';

interface WebhookConfiguration {
  metadata?: { name?: string };
  webhooks?: { clientConfig?: { service?: { namespace?: string } } }[];
}

/**
 * Deletes the webhook that Flyte registers by itself when it starts: it is no part of the chart, and would go on being
 * asked about every new pod.
 */
export async function removeWebhooks(client: KubernetesClient): Promise<void> {
  const { items } = await client.objects.list(apiVersion, kind);
  const ours = (items as WebhookConfiguration[]).filter(({ webhooks = [] }) =>
    webhooks.some(({ clientConfig }) => clientConfig?.service?.namespace === flyteNamespace),
  );
  for (const { metadata } of ours) {
    try {
      await client.objects.delete({ apiVersion, kind, metadata: { name: metadata?.name ?? '' } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
