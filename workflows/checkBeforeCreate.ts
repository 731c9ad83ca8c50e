import { fromFailure } from '../src/errors/fromFailure.js';
import { HangarError } from '../src/errors/HangarError.js';
import type { Manifest } from '../src/graph/Manifest.js';
import type { DeploymentSpec } from '../src/spec/DeploymentSpec.js';
import { specDifferences } from '../src/spec/specDifferences.js';
import { checks } from './activityOptions.js';

/** What is there of a deployment before it is created, and what stands in the way. */
export interface CreateCheck {
  /** Left by an earlier run. */
  readonly manifest: Manifest | null;
  readonly refusal?: HangarError;
}

/** Looks, before anything is made, whether the name is free or may be resumed, and whether the world is ready. */
export async function checkBeforeCreate(spec: DeploymentSpec, onExisting: 'refuse' | 'resume'): Promise<CreateCheck> {
  const { name, cloud, account, region } = spec;
  const [loaded, preflight] = await Promise.allSettled([
    checks.loadManifest({ name, cloud, account, region }),
    checks.preflight({ spec }),
  ]);
  const manifest = loaded.status === 'fulfilled' ? loaded.value : null;
  const taken = manifest ? refusal(manifest, spec, onExisting) : undefined;
  // Preflight knows better than the state bucket's refusal when the credentials are wrong.
  const failed = [preflight, loaded].find((settled) => settled.status === 'rejected');
  return { manifest, refusal: taken ?? (failed && fromFailure(failed.reason)) };
}

function refusal(manifest: Manifest, spec: DeploymentSpec, onExisting: 'refuse' | 'resume'): HangarError | undefined {
  const { name } = spec;
  const differing = specDifferences(manifest.spec, spec);
  if (onExisting === 'resume') {
    if (differing.length === 0) return undefined;
    return new HangarError('HGR-204', `${name} is there, and the file differs from it in ${differing.join(', ')}.`, {
      resource: name,
      problems: differing.map((path) => ({ path, message: 'differs from the deployment that is there' })),
      next: `Resume with the file it was created from, or destroy it first: hangar destroy ${name}.`,
    });
  }
  if (manifest.phase === 'ready') {
    return new HangarError('HGR-204', `A deployment ${name} is there already, made ${manifest.createdAt}.`, {
      resource: name,
      next: `Choose another name, or destroy it first: hangar destroy ${name}.`,
    });
  }
  return new HangarError(
    'HGR-204',
    `A run that did not finish (${manifest.phase}, last heard of ${manifest.updatedAt}) left parts of ${name} behind.`,
    {
      resource: name,
      next: `Go on from what stands with onExisting \`resume\` (hangar create FILE --resume), or remove it: hangar destroy ${name}.`,
    },
  );
}
