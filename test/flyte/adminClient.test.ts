import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AdminClient, adminClient } from '../../src/flyte/adminClient.js';
import { AdminDouble } from './smoke/AdminDouble.js';

let double: AdminDouble;
let admin: AdminClient;

beforeEach(async () => {
  double = new AdminDouble();
  admin = adminClient({ baseUrl: await double.start() });
});
afterEach(() => double.stop());

const id = { project: 'flytesnacks', domain: 'development', name: 'one' };
const path = '/api/v1/executions/flytesnacks/development/one';

describe('adminClient', () => {
  test('asks for JSON, which FlyteAdmin does not give by itself', async () => {
    double.answers['GET /api/v1/version'] = { body: { control_plane_version: { Version: 'v1.16.8' } } };
    expect((await admin.version()).control_plane_version?.Version).toBe('v1.16.8');
    expect(double.requests[0]?.accept).toBe('application/json');
  });

  test('takes an empty health answer for good', async () => {
    double.answers['GET /healthcheck'] = {};
    await expect(admin.health()).resolves.toBeUndefined();
  });

  test('reads all pages of projects', async () => {
    double.answers['GET /api/v1/projects'] = [
      { body: { projects: [{ id: 'a' }], token: '1' } },
      { body: { projects: [{ id: 'b' }], token: '' } },
    ];
    expect((await admin.projects()).map((project) => project.id)).toEqual(['a', 'b']);
    expect(double.requests.map(({ query }) => new URLSearchParams(query).get('token'))).toEqual(['', '1']);
  });

  test('takes what is there already for done', async () => {
    double.answers['POST /api/v1/tasks'] = { status: 409, body: { code: 6, message: 'identical task exists' } };
    double.answers['POST /api/v1/executions'] = { status: 409, body: { code: 6, message: 'already exists' } };
    await admin.createTask({});
    await admin.createExecution({});
    expect(double.requests).toHaveLength(2);
  });

  test.each([400, 404, 409])('takes an execution that cannot be ended (%i) for ended', async (status) => {
    double.answers[`DELETE ${path}`] = { status, body: { message: 'already in a terminal phase' } };
    await admin.terminateExecution(id, 'over');
    expect(double.requests[0]?.body).toEqual({ cause: 'over' });
  });

  test('a refusal is HGR-502 with what FlyteAdmin said', async () => {
    double.answers[`GET ${path}`] = { status: 500, body: { code: 13, message: 'database is gone' } };
    await expect(admin.execution(id)).rejects.toMatchObject({
      code: 'HGR-502',
      message: `FlyteAdmin answers GET ${path} with 500: database is gone`,
    });
  });

  test("a proxy's page in place of JSON is HGR-502 too", async () => {
    double.answers['GET /healthcheck'] = { status: 503, body: '<html>no targets</html>' };
    await expect(admin.health()).rejects.toMatchObject({
      code: 'HGR-502',
      message: 'FlyteAdmin answers GET /healthcheck with 503: <html>no targets</html>',
    });
  });

  test('a connection that is cut, or refused, is HGR-502', async () => {
    double.answers['GET /healthcheck'] = 'cut';
    await expect(admin.health()).rejects.toMatchObject({ code: 'HGR-502', retryable: true });
    const nobody = adminClient({ baseUrl: 'http://127.0.0.1:1' });
    await expect(nobody.health()).rejects.toMatchObject({ code: 'HGR-502' });
  });

  test('names in a path cannot lead elsewhere', async () => {
    await admin.execution({ ...id, name: '../../projects' }).catch(() => undefined);
    expect(double.requests[0]?.route).toBe('GET /api/v1/executions/flytesnacks/development/..%2F..%2Fprojects');
  });
});
