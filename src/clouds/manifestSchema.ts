import { z } from 'zod';
import { type ErrorCode, errorCodes } from '../errors/errorCodes.js';
import type { Manifest } from '../graph/Manifest.js';
import { stepNames } from '../graph/StepName.js';
import { deploymentSpec } from '../spec/DeploymentSpec.js';

const errorJson = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && code in errorCodes),
  message: z.string(),
  step: z.string().optional(),
  resource: z.string().optional(),
  next: z.string().optional(),
  problems: z
    .array(
      z.object({
        message: z.string(),
        path: z.string().optional(),
        line: z.number().optional(),
        column: z.number().optional(),
        suggestion: z.string().optional(),
      }),
    )
    .optional(),
});

const step = z.enum(stepNames);

/** The shape of manifest.json. Outputs are checked to be objects by step and taken as the step that made them wrote them. */
export const manifestSchema = z.object({
  manifestVersion: z.literal(1),
  name: z.string(),
  spec: deploymentSpec,
  phase: z.enum(['checking', 'creating', 'rolling-back', 'ready', 'destroying', 'gone', 'failed']),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  expires: z.iso.datetime().optional(),
  versions: z.object({ hangar: z.string(), terraform: z.string().optional(), helm: z.string().optional() }),
  workflow: z.object({ workflowId: z.string(), runId: z.string() }),
  steps: z.partialRecord(
    step,
    z.object({
      state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped', 'removing', 'removed', 'kept']),
      startedAt: z.string().optional(),
      endedAt: z.string().optional(),
      error: errorJson.optional(),
    }),
  ),
  outputs: z
    .partialRecord(step, z.record(z.string(), z.unknown()))
    .transform((outputs) => outputs as unknown as Manifest['outputs']),
  error: errorJson.optional(),
  leftovers: z.array(
    z.object({ step: z.string(), resource: z.string(), id: z.string().optional(), reason: z.string() }),
  ),
}) satisfies z.ZodType<Manifest>;
