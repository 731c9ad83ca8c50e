import { buildGraph } from '../graph/buildGraph.js';
import type { DeploymentPhase, DeploymentStatus } from '../graph/DeploymentStatus.js';
import type { Manifest } from '../graph/Manifest.js';

/**
 * A deployment as its manifest tells it.
 * @param idle no workflow works on it, so that what the manifest calls under way was left by a run that died
 */
export function manifestStatus(manifest: Manifest, idle: boolean): DeploymentStatus {
  const { name, spec, phase, createdAt, updatedAt, steps, outputs, error, leftovers } = manifest;
  const { cloud, region, account } = spec;
  return {
    ...{ name, cloud, region, account, outputs, leftovers },
    phase: idle && !isFinal(phase) ? 'failed' : phase,
    startedAt: createdAt,
    ...(isFinal(phase) || idle ? { endedAt: updatedAt } : {}),
    steps: buildGraph(spec).map(({ name: step, kind, title, typicalSeconds }) => ({
      ...{ name: step, kind, title, typicalSeconds, state: 'waiting' as const, waitsFor: [], attempt: 0 },
      ...steps[step],
    })),
    ...(error ? { error } : {}),
    source: 'manifest',
  };
}

function isFinal(phase: DeploymentPhase): boolean {
  return phase === 'ready' || phase === 'gone' || phase === 'failed';
}
