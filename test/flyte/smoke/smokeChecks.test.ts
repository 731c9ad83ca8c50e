import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HangarError } from '../../../src/errors/HangarError.js';
import { adminClient } from '../../../src/flyte/adminClient.js';
import { bucketCheck } from '../../../src/flyte/smoke/bucketCheck.js';
import { containerCheck } from '../../../src/flyte/smoke/containerCheck.js';
import { echoCheck } from '../../../src/flyte/smoke/echoCheck.js';
import { healthCheck } from '../../../src/flyte/smoke/healthCheck.js';
import { namespacesCheck } from '../../../src/flyte/smoke/namespacesCheck.js';
import { projectsCheck } from '../../../src/flyte/smoke/projectsCheck.js';
import { publicAddressCheck } from '../../../src/flyte/smoke/publicAddressCheck.js';
import type { SmokeCheck, SmokeContext } from '../../../src/flyte/smoke/SmokeCheck.js';
import { requirePassed, runSmokeChecks } from '../../../src/flyte/smoke/smokeChecks.js';
import { smokeExecution } from '../../../src/flyte/smoke/smokeTask.js';
import { versionCheck } from '../../../src/flyte/smoke/versionCheck.js';
import { flyteSpec } from '../flyteFixture.js';
import { AdminDouble } from './AdminDouble.js';

let double: AdminDouble;
let context: SmokeContext;

beforeEach(async () => {
  double = new AdminDouble();
  context = {
    spec: flyteSpec(),
    admin: adminClient({ baseUrl: await double.start() }),
    run: 'run-1',
    deployedVersion: async () => undefined,
    namespaceProblems: async () => [],
    bucketUrl: 's3://research',
    settings: { dnsServers: [] },
    pollMs: 1,
  };
});
afterEach(() => double.stop());

/** Runs one check with so little time that a failure which is waited for ends at once. */
async function report(check: SmokeCheck, withinSeconds = 0.2) {
  const [only] = await runSmokeChecks(context, undefined, [[{ ...check, withinSeconds }]]);
  return only!;
}

const execution = (task: 'echo' | 'container' | 'bucket') => {
  const { project, domain, name } = smokeExecution(context, task);
  return `/api/v1/executions/${project}/${domain}/${name}`;
};

/** FlyteAdmin takes the task; the execution goes through these phases. */
function takes(task: 'echo' | 'container' | 'bucket', closures: object[]) {
  double.answers['POST /api/v1/tasks'] = { body: {} };
  double.answers['POST /api/v1/executions'] = { body: { id: {} } };
  double.answers[`GET ${execution(task)}`] = closures.map((closure) => ({ body: { closure } }));
  double.answers[`DELETE ${execution(task)}`] = { body: {} };
}

describe('health', () => {
  test('passes as soon as FlyteAdmin answers', async () => {
    double.answers['GET /healthcheck'] = ['cut', { status: 503 }, {}];
    expect(await report(healthCheck, 30)).toMatchObject({ result: 'passed' });
    expect(double.asked('GET /healthcheck')).toHaveLength(3);
  });

  test('fails with the last answer when it never does', async () => {
    double.answers['GET /healthcheck'] = { status: 503 };
    const failed = await report(healthCheck);
    expect(failed).toMatchObject({ result: 'failed', message: expect.stringContaining('with 503') });
    expect(failed.look).toBe('kubectl -n flyte logs deployment/flyteadmin --all-containers --tail=100');
  });
});

describe('version', () => {
  const answers = (Version: string) => {
    double.answers['GET /api/v1/version'] = { body: { control_plane_version: { Version } } };
  };

  test.each(['v1.16.8', 'v1.16.8-0-g0a1b2c3', '1.16.8'])('%s is what the file asks for', async (version) => {
    answers(version);
    expect(await report(versionCheck)).toMatchObject({ result: 'passed', message: 'FlyteAdmin 1.16.8' });
  });

  test('another version fails', async () => {
    answers('v1.16.7');
    const message = 'FlyteAdmin is 1.16.7, the file asks for 1.16.8';
    expect(await report(versionCheck)).toMatchObject({ result: 'failed', message });
  });

  test("where FlyteAdmin does not know its version, its image's tag counts", async () => {
    answers('unknown');
    context = { ...context, deployedVersion: async () => '1.16.8' };
    expect(await report(versionCheck)).toMatchObject({ result: 'passed' });
    context = { ...context, deployedVersion: async () => '1.15.0' };
    expect(await report(versionCheck)).toMatchObject({ result: 'failed' });
    context = { ...context, deployedVersion: async () => undefined };
    expect(await report(versionCheck)).toMatchObject({ result: 'failed' });
  });
});

describe('projects', () => {
  const project = (id: string, ...domains: string[]) => ({ id, domains: domains.map((domain) => ({ id: domain })) });
  const answers = (...projects: object[]) => {
    double.answers['GET /api/v1/projects'] = { body: { projects, token: '' } };
  };

  test('passes with every project and domain, and others besides', async () => {
    answers(project('flytesnacks', 'development', 'staging', 'production'), project('other', 'development'));
    expect(await report(projectsCheck)).toMatchObject({ result: 'passed' });
  });

  test('names what is missing', async () => {
    context = {
      ...context,
      spec: flyteSpec({ flyte: { projects: [{ id: 'one', domains: ['a', 'b'] }, { id: 'two' }] } }),
    };
    answers(project('one', 'a'));
    const failed = await report(projectsCheck);
    expect(failed).toMatchObject({ result: 'failed' });
    expect(failed.message).toContain('Flyte does not have domain b of project one, project two');
  });
});

test('namespaces: waits for them, then says what they lack', async () => {
  const problems = [['namespace a is not there'], []];
  context = { ...context, namespaceProblems: async () => problems.shift() ?? [] };
  expect(await report(namespacesCheck, 30)).toMatchObject({ result: 'passed' });
  context = { ...context, namespaceProblems: async () => ['namespace a is not there'] };
  expect(await report(namespacesCheck)).toMatchObject({
    result: 'failed',
    message: 'not within 0.2 s: namespace a is not there',
    look: 'kubectl -n flyte logs deployment/syncresources --tail=100',
  });
});

describe('executions', () => {
  test('echo registers its task, runs it and waits for its end', async () => {
    takes('echo', [{ phase: 'QUEUED' }, { phase: 'RUNNING' }, { phase: 'SUCCEEDED' }]);
    expect(await report(echoCheck, 30)).toMatchObject({ result: 'passed' });
    const task = double.asked('POST /api/v1/tasks')[0]!;
    const [started] = double.asked('POST /api/v1/executions');
    expect(task.body).toMatchObject({ spec: { template: { type: 'echo' } } });
    expect(started?.body).toMatchObject({
      project: 'flytesnacks',
      domain: 'development',
      spec: { launch_plan: (task.body as { id: object }).id },
      inputs: { literals: { x: { scalar: { primitive: { string_value: 'run-1' } } } } },
    });
    expect(double.asked(`DELETE ${execution('echo')}`)).toEqual([]);
  });

  test('the same run asks for the same names, another for others', () => {
    const name = (run: string) => smokeExecution({ ...context, run }, 'bucket').name;
    expect(name('run-1')).toBe(name('run-1'));
    expect(name('run-1')).not.toBe(name('run-2'));
    expect(name('a run with a very long id '.repeat(9))).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
  });

  test('what another attempt made already is no failure', async () => {
    takes('container', [{ phase: 'SUCCEEDED' }]);
    double.answers['POST /api/v1/tasks'] = { status: 409, body: { message: 'identical' } };
    double.answers['POST /api/v1/executions'] = { status: 409, body: { message: 'exists' } };
    expect(await report(containerCheck)).toMatchObject({ result: 'passed' });
  });

  test('a failure tells what Flyte says of it', async () => {
    takes('container', [{ phase: 'FAILED', error: { message: 'ImagePullBackOff' } }]);
    const failed = await report(containerCheck);
    expect(failed).toMatchObject({ result: 'failed', message: expect.stringContaining('FAILED: ImagePullBackOff') });
    expect(failed.look).toBe(
      `kubectl -n flytesnacks-development describe pods -l execution-id=${smokeExecution(context, 'container').name}`,
    );
    expect(double.asked(`DELETE ${execution('container')}`)).toEqual([]);
  });

  test('one that does not end in time is ended', async () => {
    takes('container', [{ phase: 'RUNNING' }]);
    const failed = await report(containerCheck);
    expect(failed.message).toMatch(/^not within 0.2 s: execution .* is still RUNNING$/);
    expect(double.asked(`DELETE ${execution('container')}`)).toHaveLength(1);
  });

  test('one whose start was not confirmed is ended too', async () => {
    takes('container', []);
    double.answers['POST /api/v1/executions'] = 'cut';
    expect(await report(containerCheck)).toMatchObject({ result: 'failed' });
    expect(double.asked(`DELETE ${execution('container')}`)).toHaveLength(1);
  });

  test('containers run from the image that Flyte adds to pods anyway, or the one that the file gives', async () => {
    const image = async (spec = context.spec) => {
      context = { ...context, spec };
      takes('container', [{ phase: 'SUCCEEDED' }]);
      await report(containerCheck);
      const body = double.asked('POST /api/v1/tasks').at(-1)?.body as {
        spec: { template: { container: { image: string } } };
      };
      return body.spec.template.container.image;
    };
    expect(await image()).toBe('cr.flyte.org/flyteorg/flytecopilot-release:v1.16.8');
    const copilot = { plugins: { k8s: { 'co-pilot': { image: 'mirror.example/copilot:1' } } } };
    expect(await image(flyteSpec({ flyte: { values: { configmap: { copilot } } } }))).toBe('mirror.example/copilot:1');
    const values = { configuration: { 'co-pilot': { image: { repository: 'mirror.example/copilot' } } } };
    expect(await image(flyteSpec({ flyte: { distribution: 'binary', values } }))).toBe(
      'mirror.example/copilot:v1.16.8',
    );
  });
});

describe('bucket', () => {
  const uri = 's3://research/metadata/propeller/x/outputs.pb';
  const data = (text: string) => {
    const literals = { written: { scalar: { primitive: { string_value: text } } } };
    const { project, domain, name } = smokeExecution(context, 'bucket');
    double.answers[`GET /api/v1/data/executions/${project}/${domain}/${name}`] = {
      body: { full_outputs: { literals } },
    };
  };

  test('passes when the words come back from the bucket', async () => {
    takes('bucket', [{ phase: 'SUCCEEDED', outputs: { uri } }]);
    data('hangar research run-1');
    expect(await report(bucketCheck)).toMatchObject({ result: 'passed', message: `written and read back: ${uri}` });
    const [task] = double.asked('POST /api/v1/tasks');
    expect(task?.body).toMatchObject({
      spec: { template: { container: { data_config: { enabled: true, output_path: '/var/outputs' } } } },
    });
  });

  test('fails when other words come back', async () => {
    takes('bucket', [{ phase: 'SUCCEEDED', outputs: { uri } }]);
    data('hangar research run-0');
    expect(await report(bucketCheck)).toMatchObject({ result: 'failed', message: expect.stringContaining('run-0') });
  });

  test('fails when the outputs are in another bucket, even one of a longer name', async () => {
    takes('bucket', [{ phase: 'SUCCEEDED', outputs: { uri: 's3://research-2/outputs.pb' } }]);
    data('hangar research run-1');
    expect(await report(bucketCheck)).toMatchObject({
      result: 'failed',
      message: expect.stringContaining('research-2'),
    });
  });
});

describe('public address', () => {
  test('does not apply without a domain, and says so', async () => {
    expect(await report(publicAddressCheck)).toEqual({
      name: 'public address',
      result: 'skipped',
      seconds: 0,
      message: 'the file has no domain',
    });
  });

  test('fails where the name does not resolve', async () => {
    const settings = { dnsServers: ['127.0.0.1:1'] };
    context = { ...context, spec: flyteSpec({ domain: 'flyte.example.com' }), settings };
    expect(await report(publicAddressCheck)).toMatchObject({
      result: 'failed',
      message: expect.stringContaining('flyte.example.com does not resolve'),
      look: 'kubectl -n flyte describe ingress; dig flyte.example.com',
    });
  });
});

describe('all together', () => {
  const passing: SmokeCheck = { name: 'good', withinSeconds: 1, run: async () => 'fine', look: () => '' };
  const failing: SmokeCheck = {
    name: 'bad',
    withinSeconds: 1,
    run: async () => {
      throw new Error('broken');
    },
    look: () => 'kubectl get pods',
  };

  test('every check runs, whatever fails before it, and all failures are told in one error', async () => {
    const seen: string[] = [];
    const groups = [[failing], [passing, { ...failing, name: 'worse' }]];
    const reports = await runSmokeChecks(context, ({ name }) => seen.push(name), groups);
    expect(reports.map(({ name, result }) => `${name} ${result}`)).toEqual([
      'bad failed',
      'good passed',
      'worse failed',
    ]);
    expect(seen.sort()).toEqual(['bad', 'good', 'worse']);
    expect(() => requirePassed(reports)).toThrow(HangarError);
    try {
      requirePassed(reports);
    } catch (error) {
      expect(error).toMatchObject({
        code: 'HGR-501',
        message: '2 of 3 smoke checks failed',
        problems: [
          { message: 'bad: broken — look at: kubectl get pods' },
          { message: 'worse: broken — look at: kubectl get pods' },
        ],
      });
    }
  });

  test('nothing is required of checks that passed or do not apply', () => {
    requirePassed([
      { name: 'a', result: 'passed', seconds: 1 },
      { name: 'b', result: 'skipped', seconds: 0, message: 'no domain' },
    ]);
  });

  test('stopping from outside is no finding: it ends the run, and the executions under way', async () => {
    takes('container', [{ phase: 'RUNNING' }]);
    const stopping = new AbortController();
    const running = runSmokeChecks({ ...context, signal: stopping.signal }, undefined, [[containerCheck]]);
    await expect.poll(() => double.asked(`GET ${execution('container')}`).length).toBeGreaterThan(0);
    stopping.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(double.asked(`DELETE ${execution('container')}`)).toHaveLength(1);
  });
});
