import { parse } from 'yaml';
import { z } from 'zod';
import { type ChartValues, isMap, mergeValues } from '../../src/flyte/mergeValues.js';
import { StandInError } from './StandInError.js';

const connection = z.object({
  host: z.string(),
  port: z.number(),
  dbname: z.string(),
  username: z.string(),
  passwordPath: z.string(),
  options: z.string().optional(),
});

/** FlyteAdmin takes the flat form (flyte-core) and the one below `postgres` (flyte-binary). */
const database = z.union([z.object({ postgres: connection }).transform(({ postgres }) => postgres), connection]);

const variables = z.array(z.record(z.string(), z.object({ value: z.string() })));

/** The sections of Flyte's configuration that the stand-in reads; keys as Flyte names them. */
const sections = {
  database,
  domains: z.array(z.object({ id: z.string(), name: z.string() })).min(1),
  storage: z.object({ container: z.string().min(1) }),
  cluster_resources: z.object({ customData: z.array(z.record(z.string(), variables)).default([]) }),
  task_resources: z.object({ defaults: z.object({ cpu: z.string(), memory: z.string() }) }),
  remoteData: z.object({ scheme: z.string(), region: z.string().optional() }),
  tasks: z.object({ 'task-plugins': z.object({ 'enabled-plugins': z.array(z.string()) }) }),
  plugins: z.object({ k8s: z.object({ 'co-pilot': z.object({ image: z.string() }) }) }),
  propeller: z.object({
    'metadata-prefix': z.string().default('metadata/propeller'),
    'rawoutput-prefix': z.string(),
    'create-flyteworkflow-crd': z.boolean().default(false),
  }),
  flyte: z.object({
    admin: z.object({
      seedProjects: z.array(z.string()),
      disableClusterResourceManager: z.boolean().default(false),
    }),
  }),
};

export type SectionName = keyof typeof sections;
export type Section<S extends SectionName> = z.output<(typeof sections)[S]>;

/** Flyte's configuration, as its program reads it: every YAML file of a folder, later names over earlier ones. */
export class FlyteConfig {
  readonly #values: ChartValues;

  constructor(files: ReadonlyMap<string, string>) {
    this.#values = [...files]
      .filter(([file]) => file.endsWith('.yaml'))
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([file, text]) => {
        const value: unknown = parse(text);
        if (!isMap(value as ChartValues)) throw new StandInError('internal', `configuration file ${file} is not a map`);
        return value as ChartValues;
      })
      .reduce(mergeValues, {});
  }

  /** @throws StandInError where the section is missing or not of Flyte's form */
  section<S extends SectionName>(name: S): Section<S> {
    const result = sections[name].safeParse(this.#values[name]);
    if (result.success) return result.data as Section<S>;
    const found = z.prettifyError(result.error).replaceAll('\n', ' ');
    throw new StandInError('internal', `section ${name} of Flyte's configuration is wrong: ${found}`);
  }
}
