import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { HangarError, type Problem } from '../errors/HangarError.js';
import { packageRoot } from './packageRoot.js';
import type { Settings } from './Settings.js';

/**
 * Reads the settings from the environment; an empty variable counts as absent. Relative paths are taken from the working
 * folder.
 * @throws HangarError HGR-902 with everything that is wrong; a value is shown only where it can be no secret
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const reader = new SettingsReader(env);
  const home = reader.text('HANGAR_HOME');
  const settings: Settings = {
    temporalAddress: reader.address('TEMPORAL_ADDRESS') ?? '127.0.0.1:7233',
    temporalNamespace: reader.text('TEMPORAL_NAMESPACE') ?? 'default',
    temporalApiKey: reader.text('TEMPORAL_API_KEY'),
    temporalTls: reader.flag('TEMPORAL_TLS') ?? false,
    taskQueue: reader.text('HANGAR_TASK_QUEUE') ?? 'hangar',
    home: home ? resolve(home) : join(homedir(), '.cache', 'hangar'),
    terraform: reader.text('HANGAR_TERRAFORM') ?? 'terraform',
    helm: reader.text('HANGAR_HELM') ?? 'helm',
    terraformConfig: reader.existing('HANGAR_TERRAFORM_CONFIG'),
    chartMirror: reader.existing('HANGAR_CHART_MIRROR'),
    dnsServers: reader.addresses('HANGAR_DNS_SERVERS'),
    caFile: reader.existing('HANGAR_CA_FILE'),
    workerSlots: reader.count('HANGAR_WORKER_SLOTS'),
    metricsAddress: reader.address('HANGAR_METRICS_ADDRESS'),
    terraformModules: reader.existing('HANGAR_TERRAFORM_MODULES') ?? join(packageRoot(), 'terraform'),
  };
  reader.finish();
  return settings;
}

/** Reads variables one by one and collects what is wrong with them. */
class SettingsReader {
  private readonly problems: Problem[] = [];
  private readonly env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.env = env;
  }

  text(name: string): string | undefined {
    return this.env[name]?.trim() || undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') this.refuse(name, `must be true or false, not "${value}"`);
    return value === 'true';
  }

  count(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^[1-9]\d{0,3}$/.test(value)) this.refuse(name, `must be a whole number from 1 to 9999, not "${value}"`);
    return Number(value);
  }

  address(name: string): string | undefined {
    return this.text(name) === undefined ? undefined : this.addresses(name)[0];
  }

  addresses(name: string): string[] {
    const list =
      this.text(name)
        ?.split(',')
        .map((each) => each.trim()) ?? [];
    for (const each of list) {
      const port = /^(?:[\w.-]+|\[[0-9a-f:]+\]):(\d{1,5})$/i.exec(each)?.[1];
      if (!port || Number(port) < 1 || Number(port) > 65535) {
        this.refuse(name, `must be host:port, as 127.0.0.1:7233, not "${each}"`);
      }
    }
    return list;
  }

  existing(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const path = resolve(value);
    if (!existsSync(path)) this.refuse(name, `there is nothing at ${path}`);
    return path;
  }

  finish(): void {
    if (this.problems.length === 0) return;
    const count = this.problems.length === 1 ? 'A setting is' : `${this.problems.length} settings are`;
    throw new HangarError('HGR-902', `${count} wrong`, {
      problems: this.problems,
      next: 'Correct the environment variables; docs/settings.md lists them all.',
    });
  }

  private refuse(path: string, message: string): void {
    this.problems.push({ path, message });
  }
}
