import type { WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { CloudTarget } from '../clouds/Cloud.js';
import type { HangarErrorJson } from '../errors/HangarError.js';
import type { DeploymentPhase } from '../graph/DeploymentStatus.js';
import { deploymentOfWorkflowId } from '../graph/deploymentWorkflowId.js';
import { type SearchAttribute, searchAttributes } from '../graph/searchAttributes.js';
import type { CloudName } from '../spec/DeploymentSpec.js';
import { stateTarget } from './DeploymentTarget.js';
import type { HangarClient } from './HangarClient.js';
import { manifestStatus } from './manifestStatus.js';
import { loadManifests } from './readManifests.js';
import { temporalError } from './temporalError.js';

/** One line of `hangar list`. Times are ISO 8601. */
export interface DeploymentSummary {
  readonly name: string;
  readonly cloud: CloudName;
  readonly account: string;
  readonly region: string;
  readonly phase: DeploymentPhase;
  /** A workflow works on it now. */
  readonly running: boolean;
  /** When the deployment was first made, or, without its manifest, when its workflow started. */
  readonly since: string;
  readonly expires?: string;
  readonly source: 'temporal' | 'manifest';
  /** Its manifest is there but cannot be read. */
  readonly error?: HangarErrorJson;
}

/**
 * Deployments that Temporal works on or knows of, and those in the state bucket of `target`, in order of their names.
 * What runs is as Temporal says; else the manifest, where there is one, is right.
 * @param client undefined where Temporal cannot be reached
 * @param target account and region whose state bucket to read; incomplete: Temporal only
 */
export async function listDeployments(
  client: HangarClient | undefined,
  target: Partial<CloudTarget>,
): Promise<DeploymentSummary[]> {
  const state = stateTarget(target);
  const [live, stored] = await Promise.all([
    client ? fromTemporal(client, target) : [],
    state ? fromManifests(state, client !== undefined) : undefined,
  ]);
  const found = new Map<string, DeploymentSummary>();
  for (const each of stored ?? []) found.set(identity(each), each);
  for (const each of live) {
    const known = found.get(identity(each));
    if (each.running) found.set(identity(each), { ...known, ...each, since: known?.since ?? each.since });
    // Closed and without a manifest where one would be: it is gone, whatever its last workflow said.
    else if (!known && each.phase !== 'gone' && !(stored && isIn(each, state))) found.set(identity(each), each);
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

async function fromTemporal(client: HangarClient, target: Partial<CloudTarget>): Promise<DeploymentSummary[]> {
  const query = `${searchAttributes.deployment} IS NOT NULL`;
  const latest = new Map<string, WorkflowExecutionInfo>();
  try {
    for await (const each of client.temporal.workflow.list({ query })) {
      const name = deploymentOfWorkflowId(each.workflowId);
      const other = name === undefined ? undefined : latest.get(name);
      if (name !== undefined && (!other || other.startTime < each.startTime)) latest.set(name, each);
    }
  } catch (error) {
    if (isUnknownAttribute(error)) return [];
    throw temporalError(error, client.settings);
  }
  return [...latest].map(([name, workflow]) => summaryOf(name, workflow)).filter((each) => isIn(each, target));
}

function summaryOf(name: string, workflow: WorkflowExecutionInfo): DeploymentSummary {
  const value = (attribute: SearchAttribute): string =>
    workflow.typedSearchAttributes.get(
      defineSearchAttributeKey(searchAttributes[attribute], SearchAttributeType.KEYWORD),
    ) ?? '';
  const running = workflow.status.name === 'RUNNING';
  const phase = value('phase') as DeploymentPhase;
  const isOver = phase === 'ready' || phase === 'gone' || phase === 'failed';
  return {
    name,
    cloud: value('cloud') as CloudName,
    account: value('account'),
    region: value('region'),
    // A workflow that was terminated could not say so.
    phase: running || isOver ? phase : 'failed',
    running,
    since: workflow.startTime.toISOString(),
    source: 'temporal',
  };
}

async function fromManifests(target: CloudTarget, idle: boolean): Promise<DeploymentSummary[]> {
  const { manifests, unreadable } = await loadManifests(target);
  return [
    ...manifests.map((manifest) => ({
      ...{ name: manifest.name, ...target },
      phase: manifestStatus(manifest, idle).phase,
      running: false,
      since: manifest.createdAt,
      ...(manifest.expires ? { expires: manifest.expires } : {}),
      source: 'manifest' as const,
    })),
    ...unreadable.map(({ name, error }) => ({
      ...{ name, ...target, phase: 'failed' as const, running: false, since: '', source: 'manifest' as const },
      error: error.toJSON(),
    })),
  ];
}

function isIn(each: CloudTarget, target: Partial<CloudTarget> | undefined): boolean {
  return (['cloud', 'account', 'region'] as const).every((key) => !target?.[key] || target[key] === each[key]);
}

function identity({ name, cloud, account, region }: DeploymentSummary): string {
  return [name, cloud, account, region].join(' ');
}

/** No worker has ever been there to register the search attributes, so Temporal holds no deployment either. */
function isUnknownAttribute(error: unknown): boolean {
  const { code, details } = ((error as Error).cause ?? error) as { code?: unknown; details?: unknown };
  return code === 3 && String(details).includes(searchAttributes.deployment);
}
