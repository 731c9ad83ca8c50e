import { copilotImage } from './copilotImage.js';
import type { SmokeCheck } from './SmokeCheck.js';
import { podsCommand, runSmokeTask } from './smokeTask.js';

/** FlytePropeller runs a pod: nodes, images, quotas and the project's namespace work. */
export const containerCheck: SmokeCheck = {
  name: 'container',
  // The autoscaler may have to add a node first.
  withinSeconds: 600,
  async run(context) {
    const { id } = await runSmokeTask(context, {
      name: 'container',
      template: {
        type: 'container',
        metadata: { runtime: { type: 'OTHER', version: '1', flavor: 'hangar' }, retries: {} },
        interface: { inputs: { variables: {} }, outputs: { variables: {} } },
        container: { image: copilotImage(context.spec), command: ['true'], resources: {} },
      },
    });
    return `execution ${id.name} SUCCEEDED`;
  },
  look: (context) => podsCommand(context, 'container'),
};
