import { adminLogs } from './adminLogs.js';
import type { SmokeCheck } from './SmokeCheck.js';
import { runSmokeTask } from './smokeTask.js';

const variables = { variables: { x: { type: { simple: 'STRING' }, description: 'comes back unchanged' } } };

/** FlytePropeller runs an `echo` task: it needs no pod, so this is Flyte alone. */
export const echoCheck: SmokeCheck = {
  name: 'echo',
  withinSeconds: 120,
  async run(context) {
    const { id } = await runSmokeTask(context, {
      name: 'echo',
      template: {
        type: 'echo',
        metadata: { runtime: { type: 'OTHER', version: '1', flavor: 'hangar' }, retries: {} },
        interface: { inputs: variables, outputs: variables },
      },
      inputs: { literals: { x: { scalar: { primitive: { string_value: context.run } } } } },
    });
    return `execution ${id.name} SUCCEEDED`;
  },
  look: (context) => adminLogs(context).replace('--tail=100', '--tail=100 --since=10m'),
};
