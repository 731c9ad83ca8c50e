import { z } from 'zod';
import { HangarError } from '../errors/HangarError.js';
import type { Terraform } from './Terraform.js';

const outputsJson = z.record(z.string(), z.object({ sensitive: z.boolean().default(false), value: z.unknown() }));

/**
 * The outputs in the state. They are written to a workflow's history: a sensitive one is refused.
 * @throws HGR-301 when the module gives a sensitive output
 */
export async function readOutputs(terraform: Terraform): Promise<Record<string, unknown>> {
  const { stdout } = await terraform.run(['output', '-json'], { capture: true });
  const outputs = Object.entries(outputsJson.parse(JSON.parse(stdout)));
  const sensitive = outputs.filter(([, output]) => output.sensitive).map(([name]) => name);
  if (sensitive.length > 0) {
    throw new HangarError('HGR-301', `the module gives sensitive outputs: ${sensitive.join(', ')}`, {
      resource: `output.${sensitive[0]}`,
      next: "Keep the value in the cloud's secret store and give out its id.",
    });
  }
  return Object.fromEntries(outputs.map(([name, { value }]) => [name, value]));
}
