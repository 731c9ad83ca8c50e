import { HangarError, type Problem } from '../src/errors/HangarError.js';
import type { Leftover } from '../src/graph/StepRequest.js';
import type { MakeResult } from './makeSteps.js';
import type { Removal } from './removeDeployment.js';

type NotMade = Exclude<MakeResult, 'made'>;

/** A creation that failed or was cancelled, and what its rollback came to: the error that ends the workflow. */
export function rolledBackError(name: string, why: NotMade, removal: Removal): HangarError {
  if (removal.outcome === 'leftovers') {
    return new HangarError('HGR-609', `${sentence(name, why)} Rolling back left ${count(removal.leftovers)}.`, {
      ...origin(why),
      problems: [...originProblems(why), ...leftoverProblems(removal.leftovers)],
      next: `Remove what is listed, or what holds it, then: hangar destroy ${name}.`,
    });
  }
  const code = why === 'cancelled' ? 'HGR-607' : 'HGR-605';
  return new HangarError(code, `${sentence(name, why)} What it had made is gone again.`, {
    ...origin(why),
    problems: originProblems(why),
  });
}

/** A creation that failed or was cancelled and whose parts stay. */
export function keptError(name: string, why: NotMade, reason: string): HangarError {
  return new HangarError(why === 'cancelled' ? 'HGR-607' : 'HGR-609', `${sentence(name, why)} ${reason}`, {
    ...origin(why),
    problems: originProblems(why),
    next: `Go on with onExisting \`resume\` (hangar create FILE --resume), or remove it: hangar destroy ${name}.`,
  });
}

/** A destruction that left something behind. */
export function leftoversError(name: string, first: HangarError | undefined, leftovers: Leftover[]): HangarError {
  const because = first ? ` First error: ${first.code}: ${first.message}` : '';
  return new HangarError('HGR-606', `Destroying ${name} left ${count(leftovers)}.${because}`, {
    step: first?.step,
    resource: first?.resource,
    problems: leftoverProblems(leftovers),
    next: first?.next ?? `Remove what is listed, or what holds it, then again: hangar destroy ${name}.`,
  });
}

function sentence(name: string, why: NotMade): string {
  if (why === 'cancelled') return `Creation of ${name} was cancelled.`;
  const { step, code, message } = why.failed;
  return `Creation of ${name} failed${step ? ` at step ${step}` : ''}: ${message.replace(/\.$/, '')} (${code}).`;
}

function origin(why: NotMade): { step?: string; resource?: string; next?: string } {
  if (why === 'cancelled') return {};
  const { step, resource, next } = why.failed;
  return { step, resource, next };
}

function originProblems(why: NotMade): Problem[] {
  if (why === 'cancelled') return [];
  const { step, code, message, problems } = why.failed;
  return [{ message: `${code}: ${message}`, ...(step ? { path: step } : {}) }, ...problems];
}

function leftoverProblems(leftovers: readonly Leftover[]): Problem[] {
  return leftovers.map(({ step, resource, id, reason }) => ({
    path: step,
    message: `still there: ${resource}${id ? ` (${id})` : ''}: ${reason}`,
  }));
}

function count({ length }: readonly Leftover[]): string {
  return length === 1 ? 'one thing behind' : `${length} things behind`;
}
