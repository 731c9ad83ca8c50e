import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deploymentKubeconfig } from '../../src/client/deploymentKubeconfig.js';
import { credentialCommand } from '../../src/clouds/aws/credentialCommand.js';
import { parseSpec } from '../../src/spec/parseSpec.js';
import { minimalSpec } from '../spec/minimalSpec.js';

const world = vi.hoisted(() => ({ loadManifest: vi.fn(), token: vi.fn() }));
vi.mock('../../src/client/readManifests.js', () => ({ loadManifest: world.loadManifest }));
vi.mock('../../src/clouds/cloudByName.js', () => ({
  cloudByName: () => ({
    clusterAccess: async (_spec: unknown, { cluster_name: name }: { cluster_name: string }) => ({
      name,
      server: 'https://eks.example.com',
      certificateAuthority: 'PEM',
      token: world.token,
    }),
    credentialCommand,
  }),
}));

const key = { name: 'research', cloud: 'aws', account: '123456789012', region: 'us-east-1' } as const;
const manifest = {
  name: 'research',
  spec: parseSpec(minimalSpec),
  outputs: { cluster: { cluster_name: 'hangar-research' } },
};

beforeEach(() => {
  vi.clearAllMocks();
  world.loadManifest.mockResolvedValue(manifest);
});

describe('deploymentKubeconfig', () => {
  it('lets kubectl ask the cloud for a token, and holds none', async () => {
    const config = await deploymentKubeconfig(undefined, key);
    expect(config.clusters).toEqual([
      {
        name: 'hangar-research',
        cluster: {
          server: 'https://eks.example.com',
          'certificate-authority-data': Buffer.from('PEM').toString('base64'),
        },
      },
    ]);
    expect(config.users[0]!.user).toEqual({
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1beta1',
        interactiveMode: 'IfAvailable',
        command: 'aws',
        args: ['--region', 'us-east-1', 'eks', 'get-token', '--cluster-name', 'hangar-research', '--output', 'json'],
      },
    });
    expect(config['current-context']).toBe('hangar-research');
    expect(world.token).not.toHaveBeenCalled();
  });

  it.each([
    ['there is no such deployment', undefined],
    ['it has no cluster yet', { ...manifest, outputs: {} }],
  ])('is HGR-604 where %s', async (_why, found) => {
    world.loadManifest.mockResolvedValue(found);
    await expect(deploymentKubeconfig(undefined, key)).rejects.toMatchObject({ code: 'HGR-604' });
  });
});
