import type { FlyteCloudValues } from '../clouds/Cloud.js';
import { HangarError } from '../errors/HangarError.js';
import type { DeploymentOutputs, StepOutputs } from '../graph/StepOutputs.js';
import type { DeploymentSpec } from '../spec/DeploymentSpec.js';

/** Steps whose outputs Flyte's values are built from. */
const neededSteps = ['database', 'bucket', 'credentials'] as const;

/** All that Flyte's chart values are built from. */
export interface FlyteValuesInput {
  readonly spec: DeploymentSpec;
  readonly outputs: Pick<StepOutputs, (typeof neededSteps)[number]>;
  readonly cloud: FlyteCloudValues;
}

/** @throws HGR-901 when a step that Flyte comes after has no outputs */
export function flyteValuesInput(
  spec: DeploymentSpec,
  outputs: DeploymentOutputs,
  cloud: FlyteCloudValues,
): FlyteValuesInput {
  const missing = neededSteps.filter((step) => outputs[step] === undefined);
  if (missing.length > 0) {
    throw new HangarError('HGR-901', `Flyte was started without the outputs of ${missing.join(', ')}`);
  }
  return { spec, outputs: outputs as FlyteValuesInput['outputs'], cloud };
}

/** Where the chart mounts the database secret, and the file in it. */
export const databasePasswordPath = '/etc/db/pass.txt';

/** Task types that Flyte runs: `echo` needs no pod and is what the first smoke check runs. */
export const taskPlugins = {
  'enabled-plugins': ['container', 'sidecar', 'k8s-array', 'echo'],
  'default-for-task-types': { container: 'container', sidecar: 'sidecar', container_array: 'k8s-array', echo: 'echo' },
};

/** The database block of Flyte's configuration; TLS is required and the password stays in its secret. */
export function databaseConfig({ database }: FlyteValuesInput['outputs']) {
  return {
    host: database.database_host,
    port: database.database_port,
    dbname: database.database_name,
    username: database.database_user,
    passwordPath: databasePasswordPath,
    options: 'sslmode=require',
  };
}

/** Prefix of the raw data that tasks offload; the bucket's lifecycle rule for raw data covers it. */
export const rawDataPrefix = 'raw-data';
