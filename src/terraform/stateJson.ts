import { z } from 'zod';

const resource = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  provider_name: z.string().default(''),
  values: z.record(z.string(), z.unknown()).nullish(),
  tainted: z.boolean().default(false),
});
type ModuleJson = { resources?: z.infer<typeof resource>[]; child_modules?: ModuleJson[] };
const module: z.ZodType<ModuleJson> = z.lazy(() =>
  z.object({ resources: z.array(resource).optional(), child_modules: z.array(module).optional() }),
);
/** The `values` part of `terraform show -json`, of a state as of a plan's prior state. */
export const stateValues = z.object({ root_module: module.optional() });

/** A resource that a state holds. */
export interface StateResource {
  /** `module.step.aws_vpc.main` */
  readonly address: string;
  /** `aws_vpc` */
  readonly type: string;
  /** Its attributes; may hold secrets: never goes further than this process. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Its creation did not end well: terraform will replace it. */
  readonly tainted: boolean;
}

/** The managed resources (not data sources) of a state's values, in the order of the state. */
export function managedResources(values: z.infer<typeof stateValues> | undefined): StateResource[] {
  const walk = (part: ModuleJson | undefined): StateResource[] =>
    part
      ? [
          ...(part.resources ?? [])
            .filter(({ mode }) => mode === 'managed')
            .map(({ address, type, values, tainted }) => ({ address, type, values: values ?? {}, tainted })),
          ...(part.child_modules ?? []).flatMap(walk),
        ]
      : [];
  return walk(values?.root_module);
}
