import { HangarError } from '../../src/errors/HangarError.js';

/** One resource that the emulated account holds. */
export interface CloudResource {
  /** Service and kind, as `ec2 VPC`. */
  readonly type: string;
  readonly id: string;
  readonly region: string;
}

interface HeldResource {
  service: string;
  region: string;
  type: string;
  id: string;
  pendingDeletion: boolean;
}

/**
 * Every resource that the emulated account holds, in every service and region, besides what a new account holds
 * anyway (default network, AWS-managed policies) and what only waits out a deletion period (KMS keys, secrets).
 * Asks the emulator for its stores, not a list of list calls, so no kind of resource can be forgotten.
 * @param awsEndpoint the local cloud's AWS_ENDPOINT_URL
 * @throws HGR-805 when nothing answers there, or something else than the local cloud
 */
export async function listCloudResources(awsEndpoint: string): Promise<CloudResource[]> {
  const url = `${awsEndpoint}/_hangar/resources`;
  const response = await fetch(url).catch((cause: unknown) => {
    throw new HangarError('HGR-805', `${url} does not answer`, { next: 'Start it with `hangar local up`', cause });
  });
  if (!response.ok) throw new HangarError('HGR-805', `${url} answered ${response.status}: not a local cloud`);
  const held = (await response.json()) as HeldResource[];
  return held
    .filter((resource) => !resource.pendingDeletion)
    .map(({ service, type, id, region }) => ({ type: `${service} ${type}`, id, region }))
    .sort((a, b) => `${a.type} ${a.id}`.localeCompare(`${b.type} ${b.id}`));
}
