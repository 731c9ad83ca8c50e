import type { ActivityContext } from '../../activities/ActivityContext.js';
import type { Cloud } from '../../src/clouds/Cloud.js';

/** A context whose only cloud does what a test says, and fails for everything else. */
export function contextOf(cloud: Partial<Cloud>): ActivityContext {
  return {
    settings: {} as ActivityContext['settings'],
    cloud: () =>
      new Proxy(cloud as Cloud, {
        get(target, name) {
          if (!(name in target)) throw new Error(`the test's cloud has no ${String(name)}`);
          return target[name as keyof Cloud];
        },
      }),
  };
}
