import { describe, expect, test } from 'vitest';
import { HangarError } from '../../src/errors/HangarError.js';
import {
  apiFailure,
  apiStatus,
  classifyKubernetesError,
  isNotFound,
} from '../../src/kubernetes/classifyKubernetesError.js';

const cluster = { name: 'research', server: 'https://k8s.example:6443' };

/** Answers as Kubernetes 1.34 gives them. */
const answers: [number, string, string, string][] = [
  [401, 'Unauthorized', 'Unauthorized', 'HGR-402'],
  [403, 'Forbidden', 'pods is forbidden: User "x" cannot list resource "pods" in API group ""', 'HGR-402'],
  [404, 'NotFound', 'services "flyteadmin" not found', 'HGR-411'],
  [409, 'AlreadyExists', 'namespaces "flyte" already exists', 'HGR-412'],
  [422, 'Invalid', 'Deployment.apps "b" is invalid: spec.replicas: Invalid value: -1', 'HGR-407'],
  [429, 'TooManyRequests', 'the server has received too many requests', 'HGR-401'],
  [500, 'InternalError', 'Internal error occurred: etcdserver: request timed out', 'HGR-401'],
  [503, 'ServiceUnavailable', 'the server is currently unable to handle the request', 'HGR-401'],
];

describe('answers of the API', () => {
  test.each(answers)('%i %s is told in the API’s words', (status, reason, message, code) => {
    const body = JSON.stringify({ kind: 'Status', status: 'Failure', message, reason, code: status });
    const error = classifyKubernetesError(apiFailure(status, body), cluster);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(error.message).toContain('research');
    expect(apiStatus(error)).toBe(status);
    expect(isNotFound(error)).toBe(status === 404);
  });

  test("a proxy's page is cut to one line", () => {
    const error = classifyKubernetesError(apiFailure(502, '<html>\n<body>Bad gateway</body>'), cluster);
    expect(error).toMatchObject({ code: 'HGR-401', message: expect.stringContaining('502: <html>') });
    expect(error.message).not.toContain('body');
  });
});

/** Codes of Node, OpenSSL and fetch. */
const networkFailures: [object, RegExp][] = [
  [{ code: 'ECONNREFUSED' }, /refused or cut/],
  [{ code: 'ECONNRESET' }, /refused or cut/],
  [{ code: 'ENOTFOUND' }, /does not resolve/],
  [{ code: 'ETIMEDOUT' }, /does not answer/],
  [{ name: 'AbortError' }, /does not answer/],
  [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, /certificate/],
  [{ code: 'CERT_HAS_EXPIRED' }, /certificate/],
  [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, /certificate/],
];

describe('the way to the API', () => {
  test.each(networkFailures)('%j is HGR-401 with what to do', (properties, words) => {
    const failure = Object.assign(new Error('failed'), properties);
    const error = classifyKubernetesError(failure, cluster);
    expect(error).toMatchObject({ code: 'HGR-401', message: expect.stringMatching(words) });
    expect(error.message).toContain(cluster.server);
    expect(error.next).toMatch(/\.$/);
  });

  test('what is not known keeps its words', () => {
    expect(classifyKubernetesError(new Error('strange'), cluster)).toMatchObject({
      code: 'HGR-412',
      message: expect.stringContaining('strange'),
    });
  });

  test('an error that has a code stays as it is', () => {
    const error = new HangarError('HGR-202', 'expired');
    expect(classifyKubernetesError(error, cluster)).toBe(error);
  });
});
