/** Everything about deployments in the state bucket is below this. */
export const deploymentsPrefix = 'deployments/';

/** Everything of one deployment is below this. */
export function deploymentPrefix(name: string): string {
  return `${deploymentsPrefix}${name}/`;
}

/** The terraform state of one step. */
export function stateKey(name: string, step: string): string {
  return `${deploymentPrefix(name)}${step}.tfstate`;
}

/** The file terraform's S3 and GCS backends lock a state by. */
export function lockKey(name: string, step: string): string {
  return `${stateKey(name, step)}.tflock`;
}

export function manifestKey(name: string): string {
  return `${deploymentPrefix(name)}manifest.json`;
}

/** The deployment a key belongs to; undefined for keys that are none of ours. */
export function deploymentOfKey(key: string): string | undefined {
  return /^deployments\/([^/]+)\/.+/.exec(key)?.[1];
}
