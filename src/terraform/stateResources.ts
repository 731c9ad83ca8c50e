import { z } from 'zod';
import { managedResources, type StateResource, stateValues } from './stateJson.js';
import type { Terraform } from './Terraform.js';

const stateJson = z.object({ values: stateValues.optional() });

/** The managed resources that the state holds; empty when there is no state. */
export async function stateResources(
  terraform: Terraform,
  options: { readonly despiteStop?: boolean } = {},
): Promise<StateResource[]> {
  const { stdout } = await terraform.run(['show', '-json'], { capture: true, ...options });
  return managedResources(stateJson.parse(JSON.parse(stdout)).values);
}
