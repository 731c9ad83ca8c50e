import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HangarClient } from '../../../src/client/HangarClient.js';
import { HangarError } from '../../../src/errors/HangarError.js';
import type { DeploymentStatus } from '../../../src/graph/DeploymentStatus.js';
import { RecordingTerminal } from '../RecordingTerminal.js';
import { at, statusFixture } from '../render/statusFixture.js';
import { runCli } from '../runCli.js';

// The client is stood in for: these tests are about what the commands do with its answers.
const client = vi.hoisted(() => ({
  connect: vi.fn(),
  checkWorkers: vi.fn(),
  createFlyte: vi.fn(),
  destroyFlyte: vi.fn(),
  cancelDeployment: vi.fn(),
  watchDeployment: vi.fn(),
  describeDeployment: vi.fn(),
  listDeployments: vi.fn(),
  planFlyte: vi.fn(),
  deploymentOutputs: vi.fn(),
  callerAccount: vi.fn(),
}));
vi.mock('../../../src/client/connect.js', () => ({ connect: client.connect }));
vi.mock('../../../src/client/checkWorkers.js', () => ({ checkWorkers: client.checkWorkers }));
vi.mock('../../../src/client/createFlyte.js', () => ({ createFlyte: client.createFlyte }));
vi.mock('../../../src/client/destroyFlyte.js', () => ({ destroyFlyte: client.destroyFlyte }));
vi.mock('../../../src/client/cancelDeployment.js', () => ({ cancelDeployment: client.cancelDeployment }));
vi.mock('../../../src/client/watchDeployment.js', () => ({ watchDeployment: client.watchDeployment }));
vi.mock('../../../src/client/describeDeployment.js', () => ({ describeDeployment: client.describeDeployment }));
vi.mock('../../../src/client/listDeployments.js', () => ({ listDeployments: client.listDeployments }));
vi.mock('../../../src/client/planFlyte.js', () => ({ planFlyte: client.planFlyte }));
vi.mock('../../../src/client/deploymentOutputs.js', () => ({ deploymentOutputs: client.deploymentOutputs }));
vi.mock('../../../src/client/callerAccount.js', () => ({ callerAccount: client.callerAccount }));

const ready = statusFixture({ phase: 'ready', endedAt: at(843), steps: [] });
const gone = statusFixture({ phase: 'gone', endedAt: at(700), steps: [] });
const close = vi.fn(async () => {});
const noTemporal = new HangarError('HGR-601', 'Temporal cannot be reached', { resource: '127.0.0.1:7233' });
const unknown = new HangarError('HGR-604', 'There is no deployment research.');
const report = {
  name: 'research',
  console: 'https://flyte.example.com/console',
  grpc: 'dns:///flyte.example.com',
  portForwardCommand: null,
  kubeconfigCommand: 'aws eks update-kubeconfig --region us-east-1 --name hangar-research',
  bucket: 's3://hangar-research',
  databaseHost: 'db.example.com',
  cost: { hourlyUsd: 0.5, soFarUsd: 1.25, hours: 2.5, source: 'list prices' },
  outputs: {},
};

beforeEach(() => {
  vi.resetAllMocks();
  client.connect.mockResolvedValue({ close } as unknown as HangarClient);
  client.createFlyte.mockResolvedValue({
    workflowId: 'flyte/research',
    runId: 'run',
    name: 'research',
    attached: false,
  });
  client.destroyFlyte.mockResolvedValue({ workflowId: 'flyte/research', runId: 'run', name: 'research' });
  client.describeDeployment.mockResolvedValue(statusFixture({ phase: 'ready', endedAt: at(843), source: 'temporal' }));
  client.deploymentOutputs.mockResolvedValue(report);
  client.callerAccount.mockResolvedValue('123456789012');
  endsWith(ready);
});

/** The watched work is seen once under way and then ends so. */
function endsWith(end: DeploymentStatus): void {
  client.watchDeployment.mockImplementation(async (_client, _name, onStatus) => {
    onStatus(statusFixture());
    onStatus(end);
    return end;
  });
}

describe('create', () => {
  const create = ['create', 'examples/aws.yaml'];

  it('follows the work in appended lines where there is no terminal, then shows how to use it', async () => {
    const { code, stdout, stderr } = await runCli(create);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('cluster     running');
    expect(stdout).toContain('ready research stands after 14m 03s.');
    expect(stdout).toMatch(/console +https:\/\/flyte.example.com\/console\ngRPC +dns:/);
    expect(stdout).toMatch(/cost so far +about \$1.25 \(\$0.50 an hour for 2h 30m\)\n +an estimate: list prices/);
    expect(stdout).not.toContain('\u001b');
    expect(client.watchDeployment.mock.calls[0]![3]).toMatchObject({ runId: 'run' });
    expect(close).toHaveBeenCalledOnce();
  });

  it('draws the tree over again in a terminal', async () => {
    const { stdout } = await runCli(create, { terminal: new RecordingTerminal({ drawable: true }) });
    const lines = statusFixture().steps.length + 3;
    expect(stdout).toContain('├─ ✔ bootstrap');
    expect(stdout).toContain(`\u001b[${lines}A\r\u001b[J`);
  });

  it('prints the final status, and only that, with --json', async () => {
    const { code, stdout } = await runCli([...create, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(ready);
  });

  it.each([
    ['HGR-605', 5],
    ['HGR-609', 6],
    ['HGR-607', 8],
  ] as const)('ends as its error %s says, with what is left listed', async (code, exit) => {
    const leftovers = [{ step: 'network', resource: 'aws_vpc.this', id: 'vpc-1', reason: 'it has dependencies' }];
    endsWith({ ...gone, phase: 'failed', error: { code, message: 'Creation failed', step: 'database' }, leftovers });
    const result = await runCli(create);
    expect(result.code).toBe(exit);
    expect(result.stdout).toContain('  network: aws_vpc.this (vpc-1): it has dependencies');
    expect(result.stderr).toContain(`error ${code} Creation failed\n  at step database`);
    expect(result.stdout).not.toContain('stands after');
    const json = await runCli([...create, '--json']);
    expect(json.code).toBe(exit);
    expect(JSON.parse(json.stdout).leftovers).toEqual(leftovers);
    expect(JSON.parse(json.stderr).error.code).toBe(code);
  });

  it('lists what is left once, where the error lists it too', async () => {
    const leftovers = [{ step: 'network', resource: 'aws_vpc.this', id: 'vpc-1', reason: 'in use' }];
    const problems = [{ message: 'still there: aws_vpc.this (vpc-1): in use', path: 'network' }];
    endsWith({ ...gone, phase: 'failed', error: { code: 'HGR-609', message: 'Creation failed', problems }, leftovers });
    const { stdout, stderr } = await runCli(create);
    expect(stdout).not.toContain('aws_vpc.this (vpc-1)');
    expect(stderr).toContain('  network: still there: aws_vpc.this (vpc-1): in use');
  });

  it('detaches on Ctrl-C: the work goes on, and it says how to return', async () => {
    client.watchDeployment.mockImplementation(async (_client, _name, onStatus, { signal }) => {
      onStatus(statusFixture());
      process.emit('SIGINT');
      signal.throwIfAborted();
    });
    const listeners = process.listenerCount('SIGINT');
    const { code, stderr } = await runCli(create);
    expect(code).toBe(130);
    expect(stderr).toContain('hangar status research --watch');
    expect(stderr).toContain('hangar cancel research');
    expect(process.listenerCount('SIGINT')).toBe(listeners);
    const json = await runCli([...create, '--json']);
    expect(json.code).toBe(130);
    expect(JSON.parse(json.stdout)).toMatchObject({ name: 'research', detached: true });
    expect(json.stderr).toBe('');
  });

  it('draws below a hint, not over it', async () => {
    client.watchDeployment.mockImplementation(async (_client, _name, onStatus, { onTrouble }) => {
      onStatus(statusFixture());
      onTrouble(new HangarError('HGR-602', 'No worker polls.', { next: 'Start one.' }));
      onStatus(statusFixture());
      onStatus(ready);
      return ready;
    });
    const { stdout, stderr } = await runCli(create, { terminal: new RecordingTerminal({ drawable: true }) });
    expect(stderr).toBe('No worker polls. Start one.\n');
    expect(stdout.split('\u001b[J')).toHaveLength(2);
  });

  it('starts and returns with --detach', async () => {
    const { code, stdout } = await runCli([...create, '--detach', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ workflowId: 'flyte/research', attached: false });
    expect(client.watchDeployment).not.toHaveBeenCalled();
  });

  it('passes --resume and --attach on', async () => {
    await runCli([...create, '--resume', '--attach']);
    expect(client.createFlyte.mock.calls[0]![1]).toMatchObject({ onExisting: 'resume', attach: true });
  });

  it('starts nothing without a worker', async () => {
    client.checkWorkers.mockRejectedValue(new HangarError('HGR-602', 'No worker polls'));
    expect((await runCli(create)).code).toBe(4);
    expect(client.createFlyte).not.toHaveBeenCalled();
  });

  it('stands by its success where this machine may not read the outputs', async () => {
    client.deploymentOutputs.mockRejectedValue(new HangarError('HGR-201', 'No credentials'));
    const { code, stderr } = await runCli(create);
    expect(code).toBe(0);
    expect(stderr).toBe('How to reach it: hangar outputs research (HGR-201 No credentials)\n');
  });
});

describe('destroy', () => {
  beforeEach(() => endsWith(gone));

  it('shows what will go, asks for the name, and destroys', async () => {
    const status = statusFixture({
      phase: 'ready',
      endedAt: at(843),
      outputs: { bucket: { bucket_name: 'raw-data', bucket_id: '', bucket_url: '', bucket_key_id: '' } },
    });
    client.describeDeployment.mockResolvedValue(status);
    const terminal = new RecordingTerminal({ interactive: true, answer: 'research' });
    const { code, stdout } = await runCli(['destroy', 'research'], { terminal });
    expect(code).toBe(0);
    expect(terminal.questions).toHaveLength(1);
    expect(stdout).toMatch(/This destroys research on aws us-east-1, account 123456789012:\n {2}network +The network/);
    expect(stdout).toMatch(/With all data in:\n {2}bucket {2}raw-data/);
    expect(stdout).toContain('Nothing is left of research');
    expect(client.destroyFlyte.mock.calls[0]![1]).toBe(status);
  });

  it.each(['', 'no', 'Research', 'y'])('destroys nothing where the answer is %j', async (answer) => {
    const terminal = new RecordingTerminal({ interactive: true, answer });
    const { code, stderr } = await runCli(['destroy', 'research'], { terminal });
    expect(code).toBe(8);
    expect(stderr).toContain('HGR-610');
    expect(client.destroyFlyte).not.toHaveBeenCalled();
  });

  it('asks nothing with --yes, and never with --json', async () => {
    const terminal = new RecordingTerminal({ interactive: true });
    expect((await runCli(['destroy', 'research', '--yes'], { terminal })).code).toBe(0);
    expect((await runCli(['destroy', 'research', '--json'], { terminal })).code).toBe(2);
    expect(terminal.questions).toEqual([]);
    expect(client.destroyFlyte).toHaveBeenCalledOnce();
  });

  it('of what is not there is an error, unless --if-exists', async () => {
    client.describeDeployment.mockRejectedValue(unknown);
    const env = { AWS_REGION: 'us-east-1' };
    expect((await runCli(['destroy', 'research', '--yes'], { env })).code).toBe(7);
    const { code, stdout } = await runCli(['destroy', 'research', '--yes', '--if-exists'], { env });
    expect([code, stdout]).toEqual([0, 'There is no deployment research; nothing to do.\n']);
    client.describeDeployment.mockResolvedValue(gone);
    expect((await runCli(['destroy', 'research', '--yes'])).code).toBe(7);
    expect((await runCli(['destroy', 'research', '--yes', '--if-exists', '--json'])).stdout).toContain(
      '"existed": false',
    );
    expect(client.destroyFlyte).not.toHaveBeenCalled();
  });

  it('says that there is nothing only of a state bucket that it could look into', async () => {
    client.describeDeployment.mockRejectedValue(unknown);
    const noRegion = await runCli(['destroy', 'research', '--yes', '--if-exists']);
    expect(noRegion.code).toBe(2);
    expect(noRegion.stderr).toContain('Give --region, or set AWS_REGION');
    client.callerAccount.mockRejectedValue(new HangarError('HGR-201', 'There are no credentials'));
    const env = { AWS_REGION: 'us-east-1' };
    expect((await runCli(['destroy', 'research', '--yes', '--if-exists'], { env })).code).toBe(3);
    const { code, stderr } = await runCli(['destroy', 'research', '--yes'], { env });
    expect(code).toBe(7);
    expect(stderr).toContain('The state bucket was not looked into: There are no credentials');
  });

  it('looks into the state bucket at hand where Temporal knows nothing', async () => {
    client.describeDeployment.mockRejectedValueOnce(unknown).mockResolvedValueOnce({ ...ready, source: 'manifest' });
    const { code } = await runCli(['destroy', 'research', '--yes'], { env: { AWS_REGION: 'us-east-1' } });
    expect(code).toBe(0);
    expect(client.describeDeployment.mock.calls[1]![1]).toEqual({
      name: 'research',
      cloud: 'aws',
      region: 'us-east-1',
      account: '123456789012',
    });
  });
});

describe('status', () => {
  it('shows the tree, what is left and the error', async () => {
    const error = { code: 'HGR-606', message: 'Destruction left something behind' } as const;
    const leftovers = [{ step: 'network', resource: 'aws_vpc.this', reason: 'in use' }];
    client.describeDeployment.mockResolvedValue(statusFixture({ error, leftovers }));
    const { code, stdout } = await runCli(['status', 'research']);
    expect(code).toBe(0);
    expect(stdout).toContain('├─ ✔ network');
    expect(stdout).toContain('One thing is still there:\n  network: aws_vpc.this: in use');
    expect(stdout).toContain('error HGR-606');
  });

  it('watches what is under way, and only that', async () => {
    client.describeDeployment.mockResolvedValue(statusFixture({ source: 'temporal' }));
    expect((await runCli(['status', 'research', '--watch'])).stdout).toContain('ready research stands');
    client.describeDeployment.mockResolvedValue(ready);
    const { stdout } = await runCli(['status', 'research', '--watch']);
    expect(stdout).toContain('research · aws');
    expect(client.watchDeployment).toHaveBeenCalledOnce();
  });

  it('is told by the state bucket where Temporal is gone, and says so', async () => {
    client.connect.mockRejectedValue(noTemporal);
    client.describeDeployment.mockResolvedValue({ ...ready, source: 'manifest' });
    const { code, stdout, stderr } = await runCli(['status', 'research', '--json'], {
      env: { AWS_REGION: 'us-east-1' },
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).source).toBe('manifest');
    expect(stderr).toContain('Temporal cannot be reached');
  });

  it('is 7 for what nobody knows', async () => {
    client.describeDeployment.mockRejectedValue(unknown);
    expect((await runCli(['status', 'research'])).code).toBe(7);
  });
});

describe('list', () => {
  const summary = {
    ...{ name: 'research', cloud: 'aws', account: '123456789012', region: 'us-east-1', phase: 'ready' },
    ...{ running: false, since: new Date(Date.now() - 7_200_000).toISOString(), source: 'manifest' },
  };

  it('lists one deployment a line', async () => {
    client.listDeployments.mockResolvedValue([summary]);
    const { code, stdout } = await runCli(['list'], { env: { AWS_REGION: 'us-east-1' } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^name +phase +cloud +region +account +age +expires\nresearch {2}ready {2}aws .* 2h 00m\n$/);
    expect(client.listDeployments.mock.calls[0]![1]).toEqual({
      cloud: 'aws',
      region: 'us-east-1',
      account: '123456789012',
    });
  });

  it('says that there are none', async () => {
    client.listDeployments.mockResolvedValue([]);
    expect((await runCli(['list'], { env: { AWS_REGION: 'us-east-1' } })).stdout).toBe('There are no deployments.\n');
  });

  it('asks Temporal alone without a region, and says so', async () => {
    client.listDeployments.mockResolvedValue([summary]);
    const { code, stderr } = await runCli(['list', '--json']);
    expect(code).toBe(0);
    const { note } = JSON.parse(stderr);
    expect(note).toContain('The state bucket was not looked into: It is not known which region');
    expect(client.listDeployments.mock.calls[0]![1]).toEqual({});
  });
});

describe('cancel', () => {
  it('is a success where the work was cancelled as asked', async () => {
    endsWith({ ...gone, error: { code: 'HGR-607', message: 'Creation was cancelled; nothing is left.' } });
    const { code, stdout, stderr } = await runCli(['cancel', 'research']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Creation was cancelled; nothing is left.');
    expect(client.cancelDeployment.mock.calls[0]![1]).toBe('research');
  });

  it('is 6 where something is left', async () => {
    endsWith({ ...gone, phase: 'failed', error: { code: 'HGR-609', message: 'Creation failed' } });
    expect((await runCli(['cancel', 'research'])).code).toBe(6);
  });

  it('is 7 where nothing runs', async () => {
    client.cancelDeployment.mockRejectedValue(unknown);
    expect((await runCli(['cancel', 'research'])).code).toBe(7);
  });
});

describe('plan', () => {
  it('prints the plan, or the plan as JSON', async () => {
    const step = {
      step: 'network',
      add: 21,
      change: 0,
      remove: 0,
      replace: 0,
      risks: [],
      resources: [],
      provisional: false,
      notes: [],
    };
    client.planFlyte.mockResolvedValue([step]);
    expect((await runCli(['plan', 'examples/aws.yaml'])).stdout).toContain('In all 21 to add');
    const { stdout, stderr } = await runCli(['plan', 'examples/aws.yaml', '--json']);
    expect(JSON.parse(stdout)).toEqual({ name: 'research', steps: [step] });
    expect(stderr).toBe('');
  });

  it('ends with what stands in the way', async () => {
    client.planFlyte.mockRejectedValue(new HangarError('HGR-203', 'The credentials belong to another account'));
    expect((await runCli(['plan', 'examples/aws.yaml'])).code).toBe(3);
  });
});

describe('outputs', () => {
  it('says how to reach a deployment without a domain', async () => {
    const portForwardCommand = 'kubectl --namespace flyte port-forward service/flyteadmin 8088:80';
    client.deploymentOutputs.mockResolvedValue({ ...report, console: null, grpc: null, portForwardCommand });
    const { code, stdout } = await runCli(['outputs', 'research']);
    expect(code).toBe(0);
    expect(stdout).toContain(portForwardCommand);
    expect(stdout).toMatch(/gRPC +none without a domain/);
  });

  it('gives everything as JSON', async () => {
    expect(JSON.parse((await runCli(['outputs', 'research', '--json'])).stdout)).toEqual(report);
  });
});
