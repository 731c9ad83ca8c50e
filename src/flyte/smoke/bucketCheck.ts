import { copilotImage } from './copilotImage.js';
import type { SmokeCheck } from './SmokeCheck.js';
import { podsCommand, runSmokeTask } from './smokeTask.js';

const outputFolder = '/var/outputs';
const outputName = 'written';

/**
 * A task writes to the bucket under the task identity. The task has an output, so Flyte's copilot runs beside its
 * container in the same pod, under the same service account, and uploads what the container wrote; FlytePropeller reads
 * it from the bucket to end the execution, and FlyteAdmin reads it to answer us. The words must come back, from a place
 * in the deployment's bucket.
 */
export const bucketCheck: SmokeCheck = {
  name: 'bucket',
  withinSeconds: 600,
  async run(context) {
    const words = `hangar ${context.spec.name} ${context.run}`;
    const { id, closure } = await runSmokeTask(context, {
      name: 'bucket',
      template: {
        type: 'container',
        metadata: { runtime: { type: 'OTHER', version: '1', flavor: 'hangar' }, retries: {} },
        interface: {
          inputs: { variables: {} },
          outputs: { variables: { [outputName]: { type: { simple: 'STRING' }, description: 'what was written' } } },
        },
        container: {
          image: copilotImage(context.spec),
          // $0 is the words, $1 the file: nothing of them is read as shell.
          command: ['sh', '-c', 'printf %s "$0" > "$1"', words, `${outputFolder}/${outputName}`],
          resources: {},
          data_config: { enabled: true, input_path: '/var/inputs', output_path: outputFolder, format: 'JSON' },
        },
      },
    });
    const data = await context.admin.executionData(id);
    const read = data.full_outputs?.literals?.[outputName]?.scalar?.primitive?.string_value;
    if (read !== words) throw new Error(`the task wrote "${words}", the bucket has "${read ?? 'nothing'}"`);
    const uri = closure.outputs?.uri ?? '';
    if (!uri.startsWith(`${context.bucketUrl}/`)) {
      throw new Error(`the outputs are at "${uri}", not in the deployment's bucket ${context.bucketUrl}`);
    }
    return `written and read back: ${uri}`;
  },
  look: (context) => podsCommand(context, 'bucket'),
};
