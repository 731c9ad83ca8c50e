import { HangarError } from '../errors/HangarError.js';
import type { CloudName } from '../spec/DeploymentSpec.js';
import { awsCloud } from './aws/awsCloud.js';
import type { Cloud } from './Cloud.js';

const makers: Partial<Record<CloudName, () => Cloud>> = { aws: awsCloud };
const made = new Map<CloudName, Cloud>();

/**
 * The cloud of a name, made once a process: it keeps connections and credentials.
 * @throws HGR-102 for a cloud that this build does not know
 */
export function cloudByName(name: CloudName): Cloud {
  const cloud = made.get(name) ?? makers[name]?.();
  if (!cloud) {
    throw new HangarError('HGR-102', `this version of Hangar does not know the cloud ${name}`, {
      resource: 'cloud',
      next: `Use one of: ${Object.keys(makers).join(', ')}.`,
    });
  }
  made.set(name, cloud);
  return cloud;
}
