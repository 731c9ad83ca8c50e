import { HangarError } from '../errors/HangarError.js';
import { type Helm, type HelmTarget, withHelm } from './runHelm.js';

/** https://helm.sh/docs/helm/helm_status/ */
export type ReleaseState =
  | 'unknown'
  | 'deployed'
  | 'uninstalled'
  | 'superseded'
  | 'failed'
  | 'uninstalling'
  | 'pending-install'
  | 'pending-upgrade'
  | 'pending-rollback';

/** A release as helm has recorded it. */
export interface ReleaseStatus {
  readonly revision: number;
  readonly state: ReleaseState;
  /** Name and version: `flyte-core-v1.16.8`. */
  readonly chart: string;
  readonly description: string;
  readonly updatedAt: Date;
  /** The last revision that stood; undefined when none ever did. */
  readonly lastGoodRevision?: number;
}

interface HistoryEntry {
  revision: number;
  updated: string;
  status: ReleaseState;
  chart: string;
  description: string;
}

/** The newest revision of a release; undefined when there is none. */
export async function releaseStatus(target: HelmTarget): Promise<ReleaseStatus | undefined> {
  return withHelm(target, (helm) => readStatus(target, helm));
}

/** {@link releaseStatus} within a run of helm that is under way already. */
export async function readStatus(target: HelmTarget, helm: Helm): Promise<ReleaseStatus | undefined> {
  let history: HistoryEntry[];
  try {
    history = JSON.parse(await helm.run(['history', target.release, '--output', 'json']));
  } catch (error) {
    if (error instanceof HangarError && /release: not found/.test(error.message)) return undefined;
    throw error;
  }
  const newest = history.at(-1);
  if (!newest) return undefined;
  const last = (state: ReleaseState) => history.findLast(({ status }) => status === state);
  const good = last('deployed') ?? last('superseded');
  return {
    revision: newest.revision,
    state: newest.status,
    chart: newest.chart,
    description: newest.description,
    updatedAt: new Date(newest.updated),
    ...(good ? { lastGoodRevision: good.revision } : {}),
  };
}
