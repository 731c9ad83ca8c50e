import type { Cloud } from '../src/clouds/Cloud.js';
import type { Settings } from '../src/settings/Settings.js';
import type { CloudName } from '../src/spec/DeploymentSpec.js';

/** What a worker hands to each activity group. */
export interface ActivityContext {
  readonly settings: Settings;
  /** Throws HGR-102 for a cloud that this build does not know. */
  cloud(name: CloudName): Cloud;
}
