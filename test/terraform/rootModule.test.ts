import { describe, expect, it } from 'vitest';
import { rootModule } from '../../src/terraform/rootModule.js';

const provider = {
  name: 'aws',
  source: 'hashicorp/aws',
  config: { region: 'eu-west-1', default_tags: { tags: { note: 'costs ${5} or %{more}' } } },
};

describe('rootModule', () => {
  const root = rootModule({
    backend: { type: 's3', config: { bucket: 'b', use_lockfile: true } },
    provider,
    module: {
      source: '../../terraform/aws/network',
      variables: ['cidr'],
      outputs: [
        { name: 'id', sensitive: false },
        { name: 'password', sensitive: true },
      ],
    },
  });

  it('passes variables by reference, so that their values are nowhere read as templates', () => {
    expect(root.module).toEqual({ step: { source: '../../terraform/aws/network', cidr: '${var.cidr}' } });
    expect(root.variable).toEqual({ cidr: { type: 'any', default: null } });
  });

  it('gives every output on, sensitive where the module says so', () => {
    expect(root.output).toEqual({
      id: { value: '${module.step.id}' },
      password: { value: '${module.step.password}', sensitive: true },
    });
  });

  it('takes the provider literally', () => {
    expect(root.provider).toEqual({
      aws: { region: 'eu-west-1', default_tags: { tags: { note: 'costs $${5} or %%{more}' } } },
    });
    expect(root.terraform).toMatchObject({
      backend: { s3: { bucket: 'b', use_lockfile: true } },
      required_providers: { aws: { source: 'hashicorp/aws' } },
    });
  });

  it('has no module where only the state is to be destroyed', () => {
    const bare = rootModule({ backend: { type: 's3', config: {} }, provider });
    expect(Object.keys(bare).sort()).toEqual(['provider', 'terraform']);
  });
});
