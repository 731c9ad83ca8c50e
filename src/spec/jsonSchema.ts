import { z } from 'zod';
import { deploymentSpec } from './DeploymentSpec.js';

/**
 * JSON Schema of the deployment file, for editors: completion, descriptions and most mistakes while typing. What the
 * guards check (ranges, combinations) it cannot say. Draft 7, which YAML editors know best.
 */
export function jsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(deploymentSpec, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // A format of zod's own, which validators refuse; its pattern stays.
      if (jsonSchema.format === 'cidrv4') delete jsonSchema.format;
    },
  });
  return { $schema, title: 'Hangar deployment', ...schema };
}
