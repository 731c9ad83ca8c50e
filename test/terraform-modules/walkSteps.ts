import { buildGraph } from '../../src/graph/buildGraph.js';
import type { StepName } from '../../src/graph/StepName.js';
import type { DeploymentSpec } from '../../src/spec/DeploymentSpec.js';

/** Runs `work` for each terraform step of a deployment in the graph's order, each as soon as it may. */
export async function walkSteps(
  spec: DeploymentSpec,
  direction: 'make' | 'unmake',
  work: (step: StepName) => Promise<void>,
): Promise<void> {
  const steps = buildGraph(spec).filter((step) => step.kind === 'terraform');
  const ordered = direction === 'make' ? steps : [...steps].reverse();
  const done = new Map<StepName, Promise<void>>();
  for (const { name, after } of ordered) {
    const waitsFor =
      direction === 'make' ? after : steps.filter((other) => other.after.includes(name)).map((other) => other.name);
    // A step of another kind in between is not run here.
    const inputs = waitsFor.flatMap((input) => done.get(input) ?? []);
    done.set(
      name,
      Promise.all(inputs).then(() => work(name)),
    );
  }
  const results = await Promise.allSettled(done.values());
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
