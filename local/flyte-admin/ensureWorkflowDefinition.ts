import { type ClusterApis, isConflict } from './ClusterApis.js';
import type { Installation } from './Installation.js';

/** FlytePropeller of flyte-binary makes the definition of FlyteWorkflow itself; flyte-core's chart has it. */
export async function ensureWorkflowDefinition(
  { propeller }: Installation,
  { extensions }: Pick<ClusterApis, 'extensions'>,
): Promise<void> {
  if (!propeller.section('propeller')['create-flyteworkflow-crd']) return;
  const names = { kind: 'FlyteWorkflow', plural: 'flyteworkflows', singular: 'flyteworkflow', shortNames: ['fly'] };
  const openAPIV3Schema = { type: 'object', x_kubernetes_preserve_unknown_fields: true };
  try {
    await extensions.createCustomResourceDefinition({
      body: {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'flyteworkflows.flyte.lyft.com' },
        spec: {
          group: 'flyte.lyft.com',
          names,
          scope: 'Namespaced',
          versions: [{ name: 'v1alpha1', served: true, storage: true, schema: { openAPIV3Schema } }],
        },
      },
    });
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}
