import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import { type AwsSize, awsSizes } from './sizes.js';

/** The database a deployment asks for: the file's class and count, else the size's. */
export function databaseSize({ database, size }: Pick<DeploymentSpec, 'database' | 'size'>): AwsSize['database'] {
  const { class: sizeClass, instances, capacity } = awsSizes[size].database;
  return { class: database.class ?? sizeClass, instances: database.instances ?? instances, capacity };
}
