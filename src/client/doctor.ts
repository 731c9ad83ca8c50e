import type { CloudTarget } from '../clouds/Cloud.js';
import { HangarError } from '../errors/HangarError.js';
import type { Settings } from '../settings/Settings.js';
import { minimumTerraform } from '../terraform/rootModule.js';
import { checkWorkers } from './checkWorkers.js';
import { connect } from './connect.js';
import { stateTarget } from './DeploymentTarget.js';
import { isAtLeast, toolVersion, type VersionQuestion } from './toolVersion.js';

/** One thing that `hangar doctor` looked at. */
export interface DoctorCheck {
  readonly name: 'terraform' | 'helm' | 'credentials' | 'temporal' | 'worker' | 'state bucket';
  /** `warning`: works, or is needed by a worker only; `skipped`: could not be looked at, the message says why. */
  readonly result: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly message: string;
  /** What to do about it. */
  readonly next?: string;
}

/** Charts from OCI registries and `--wait` as Hangar uses them need helm 3.8. https://helm.sh/docs/topics/registries/ */
const minimumHelm = '3.8.0';

/**
 * Looks at everything a deployment needs on this machine and around it; changes nothing and never throws.
 * @param target with an account, credentials of another one are a failure; complete, the state bucket is looked at too
 */
export async function doctor(settings: Settings, target: Partial<CloudTarget> = {}): Promise<DoctorCheck[]> {
  const groups = await Promise.all([
    checkTool('terraform', settings.terraform, minimumTerraform, {
      program: settings.terraform,
      args: ['version', '-json'],
      pattern: /"terraform_version":\s*"([^"]+)"/,
    }),
    checkTool('helm', settings.helm, minimumHelm, {
      program: settings.helm,
      args: ['version', '--template', '{{.Version}}'],
      pattern: /^v?(\d+\.\d+\.\d+)/,
    }),
    checkCloud(target),
    checkTemporal(settings),
  ]);
  return groups.flat();
}

async function checkTool(
  name: 'terraform' | 'helm',
  program: string,
  least: string,
  question: VersionQuestion,
): Promise<DoctorCheck> {
  const version = await toolVersion(question);
  const setting = `HANGAR_${name.toUpperCase()}`;
  if (version === undefined) {
    return {
      name,
      result: 'failed',
      message: `${program} cannot be run`,
      next: `Install ${name} ${least} or newer where the worker runs, or set ${setting} to the program.`,
    };
  }
  if (isAtLeast(version, least)) return { name, result: 'ok', message: `${version} (${program})` };
  const next = `Install ${name} ${least} or newer, or set ${setting} to the program.`;
  return { name, result: 'failed', message: `${version} is too old (${program})`, next };
}

async function checkCloud(target: Partial<CloudTarget>): Promise<DoctorCheck[]> {
  const { cloudByName } = await import('../clouds/cloudByName.js');
  try {
    const cloud = cloudByName(target.cloud ?? 'aws');
    const { account, principal } = await cloud.identity();
    if (target.account && target.account !== account) {
      const message = `${principal} is of account ${account}, not ${target.account}`;
      const next = `Use credentials of account ${target.account}.`;
      return [{ name: 'credentials', result: 'failed', message, next }, skippedBucket('the credentials are wrong')];
    }
    const credentials = { name: 'credentials', result: 'ok', message: `${principal}, account ${account}` } as const;
    const state = stateTarget({ cloud: 'aws', account, ...target });
    return [credentials, state ? await checkBucket(state) : skippedBucket('no region is given')];
  } catch (error) {
    return [failed('credentials', error), skippedBucket('there are no credentials')];
  }
}

async function checkBucket(target: CloudTarget): Promise<DoctorCheck> {
  const { cloudByName } = await import('../clouds/cloudByName.js');
  const cloud = cloudByName(target.cloud);
  const bucket = cloud.stateBucket(target);
  try {
    await cloud.stateStore(target).get('deployments/');
    return { name: 'state bucket', result: 'ok', message: bucket };
  } catch (error) {
    if (!(error instanceof HangarError && error.code === 'HGR-702')) return failed('state bucket', error);
    const message = `${bucket} is not there yet; the first deployment makes it`;
    return { name: 'state bucket', result: 'ok', message };
  }
}

async function checkTemporal(settings: Settings): Promise<DoctorCheck[]> {
  let client: Awaited<ReturnType<typeof connect>>;
  try {
    client = await connect(settings);
  } catch (error) {
    const message = 'Temporal cannot be reached';
    return [failed('temporal', error), { name: 'worker', result: 'skipped', message }];
  }
  const message = `${settings.temporalAddress}, namespace ${settings.temporalNamespace}`;
  const temporal = { name: 'temporal', result: 'ok', message } as const;
  try {
    await checkWorkers(client);
    return [temporal, { name: 'worker', result: 'ok', message: `polls the task queue ${settings.taskQueue}` }];
  } catch (error) {
    return [temporal, failed('worker', error)];
  } finally {
    await client.close();
  }
}

function failed(name: DoctorCheck['name'], error: unknown): DoctorCheck {
  const { message } = error as Error;
  const next = error instanceof HangarError ? error.next : undefined;
  return { name, result: 'failed', message, ...(next ? { next } : {}) };
}

function skippedBucket(message: string): DoctorCheck {
  return { name: 'state bucket', result: 'skipped', message };
}
