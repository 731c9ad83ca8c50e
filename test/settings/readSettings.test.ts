import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HangarError } from '../../src/errors/HangarError.js';
import { readSettings } from '../../src/settings/readSettings.js';

function errorOf(env: NodeJS.ProcessEnv): HangarError {
  try {
    readSettings(env);
  } catch (error) {
    return error as HangarError;
  }
  throw new Error('accepted');
}

describe('readSettings', () => {
  it('has a default for everything, the modules being our own', () => {
    const settings = readSettings({});
    expect(settings).toEqual({
      temporalAddress: '127.0.0.1:7233',
      temporalNamespace: 'default',
      temporalTls: false,
      taskQueue: 'hangar',
      home: join(homedir(), '.cache', 'hangar'),
      terraform: 'terraform',
      helm: 'helm',
      dnsServers: [],
      terraformModules: resolve('terraform'),
    });
    expect(existsSync(settings.terraformModules)).toBe(true);
  });

  it('reads every variable', () => {
    const env = {
      TEMPORAL_ADDRESS: 'temporal.example.com:7233',
      TEMPORAL_NAMESPACE: 'flyte',
      TEMPORAL_API_KEY: 'key',
      TEMPORAL_TLS: 'true',
      HANGAR_TASK_QUEUE: 'ours',
      HANGAR_HOME: 'cache',
      HANGAR_TERRAFORM: '/opt/terraform',
      HANGAR_HELM: '/opt/helm',
      HANGAR_TERRAFORM_CONFIG: 'package.json',
      HANGAR_CHART_MIRROR: 'test',
      HANGAR_DNS_SERVERS: '127.0.0.1:5353, [::1]:53',
      HANGAR_CA_FILE: 'package.json',
      HANGAR_WORKER_SLOTS: '12',
      HANGAR_TERRAFORM_MODULES: 'src',
    };
    expect(readSettings(env)).toEqual({
      temporalAddress: 'temporal.example.com:7233',
      temporalNamespace: 'flyte',
      temporalApiKey: 'key',
      temporalTls: true,
      taskQueue: 'ours',
      home: resolve('cache'),
      terraform: '/opt/terraform',
      helm: '/opt/helm',
      terraformConfig: resolve('package.json'),
      chartMirror: resolve('test'),
      dnsServers: ['127.0.0.1:5353', '[::1]:53'],
      caFile: resolve('package.json'),
      workerSlots: 12,
      terraformModules: resolve('src'),
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readSettings({ TEMPORAL_ADDRESS: '', HANGAR_WORKER_SLOTS: ' ' })).toEqual(readSettings({}));
  });

  it('tells everything that is wrong at once, and no secret', () => {
    const error = errorOf({
      TEMPORAL_ADDRESS: 'http://localhost',
      TEMPORAL_TLS: 'yes',
      TEMPORAL_API_KEY: 'very-secret',
      HANGAR_WORKER_SLOTS: '0',
      HANGAR_CHART_MIRROR: '/nowhere/charts',
      HANGAR_DNS_SERVERS: '127.0.0.1:53,10.0.0.1',
    });
    expect(error.code).toBe('HGR-902');
    expect(error.exitCode).toBe(2);
    expect(error.message).toBe('5 settings are wrong');
    expect(error.problems.map((problem) => problem.path)).toEqual([
      'TEMPORAL_ADDRESS',
      'TEMPORAL_TLS',
      'HANGAR_CHART_MIRROR',
      'HANGAR_DNS_SERVERS',
      'HANGAR_WORKER_SLOTS',
    ]);
    expect(JSON.stringify(error.toJSON())).not.toContain('very-secret');
  });

  it.each(['localhost', 'localhost:', 'localhost:0', 'localhost:70000', ':7233', 'a b:1'])(
    'refuses the address %j',
    (value) => {
      expect(errorOf({ TEMPORAL_ADDRESS: value }).problems[0]!.message).toMatch(/^must be host:port/);
    },
  );
});
