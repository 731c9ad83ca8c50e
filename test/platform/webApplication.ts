import type { KubernetesClient } from '../../src/kubernetes/kubernetesClient.js';

const prefix = 'alb.ingress.kubernetes.io/';

/** A deployment, its service and an ingress of class `alb`, as Flyte's chart makes them. */
export async function makeWebApplication(
  client: KubernetesClient,
  { name, host, annotations = {} }: { name: string; host: string; annotations?: Record<string, string> },
): Promise<void> {
  const namespace = 'default';
  const labels = { app: name };
  await client.apps.createNamespacedDeployment({
    namespace,
    body: {
      metadata: { name },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web' }] } },
      },
    },
  });
  await client.core.createNamespacedService({
    namespace,
    body: { metadata: { name }, spec: { selector: labels, ports: [{ port: 80 }] } },
  });
  await client.networking.createNamespacedIngress({
    namespace,
    body: {
      metadata: {
        name,
        annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [prefix + key, value])),
      },
      spec: {
        ingressClassName: 'alb',
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: '/api/*',
                  pathType: 'ImplementationSpecific',
                  backend: { service: { name, port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  });
}
