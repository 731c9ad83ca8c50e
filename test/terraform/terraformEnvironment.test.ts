import { describe, expect, it } from 'vitest';
import { terraformEnvironment } from '../../src/terraform/terraformEnvironment.js';

describe('terraformEnvironment', () => {
  const environment = terraformEnvironment({
    cloud: { AWS_ACCESS_KEY_ID: 'id', TF_LOG: 'trace' },
    cliConfig: '/rc',
    process: {
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy',
      TF_VAR_region: 'elsewhere',
      TF_LOG: 'debug',
      TF_WORKSPACE: 'other',
      TF_CLI_ARGS_apply: '-lock=false',
      TF_CLI_CONFIG_FILE: '/theirs',
      AWS_PROFILE: 'theirs',
      HANGAR_SECRET: 'x',
    },
  });

  it('takes over what it must and nothing else, least of all TF_*', () => {
    expect(environment).toEqual({
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy',
      AWS_ACCESS_KEY_ID: 'id',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: '/rc',
    });
  });

  it('keeps a person’s own ~/.terraformrc out', () => {
    expect(terraformEnvironment({ cloud: {}, process: {} }).TF_CLI_CONFIG_FILE).toBe('/dev/null');
  });
});
