import { HangarError } from '../errors/HangarError.js';
import type { ClusterAccess } from './ClusterAccess.js';

/** An answer of the Kubernetes API that is not a success; the `cause` of the errors made of it. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: number;
  /** The API's own word: `NotFound`, `AlreadyExists`, `Invalid`, `Forbidden` … */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/** Reads the API's `Status` object; anything else (a proxy's page) is cut to its first line. */
export function apiFailure(status: number, body: string): ApiFailure {
  try {
    const answer = JSON.parse(body) as { message?: unknown; reason?: unknown };
    if (typeof answer.message === 'string')
      return new ApiFailure(status, String(answer.reason ?? ''), answer.message.trim());
  } catch {
    // Not a Status object.
  }
  const line = body.split('\n', 1)[0]?.slice(0, 200).trim();
  return new ApiFailure(status, '', line || `HTTP status ${status}`);
}

/** The HTTP status behind an error from {@link classifyKubernetesError}; undefined where the API gave none. */
export function apiStatus(error: unknown): number | undefined {
  const failure = error instanceof HangarError ? error.cause : error;
  return failure instanceof ApiFailure ? failure.status : undefined;
}

export const isNotFound = (error: unknown): boolean => apiStatus(error) === 404;

/**
 * Names what went wrong between Hangar and a Kubernetes API: HGR-401 not reached or overloaded, HGR-402 credentials,
 * HGR-407 rejected, HGR-411 not there, HGR-412 the rest. An error that has a code already stays as it is.
 */
export function classifyKubernetesError(error: unknown, cluster: Pick<ClusterAccess, 'name' | 'server'>): HangarError {
  if (error instanceof HangarError) return error;
  if (error instanceof ApiFailure) return classifyStatus(error, cluster);
  return classifyNetworkError(error, cluster);
}

function classifyStatus(failure: ApiFailure, { name }: Pick<ClusterAccess, 'name'>): HangarError {
  const { status, message } = failure;
  if (status === 401)
    return new HangarError('HGR-402', `the API of cluster ${name} does not accept the credentials: ${message}`, {
      next: `Give the principal that the worker runs as an access entry on cluster ${name}.`,
      cause: failure,
    });
  if (status === 403)
    return new HangarError('HGR-402', `the API of cluster ${name} denies a permission: ${message}`, {
      next: 'Give the principal that the worker runs as administrator access to the cluster.',
      cause: failure,
    });
  if (status === 404) return new HangarError('HGR-411', `not in cluster ${name}: ${message}`, { cause: failure });
  if ([400, 413, 415, 422].includes(status))
    return new HangarError('HGR-407', `the API of cluster ${name} rejected a request: ${message}`, { cause: failure });
  if (status === 429 || status >= 500)
    return new HangarError('HGR-401', `the API of cluster ${name} answers ${status}: ${message}`, {
      next: 'Wait until the control plane has recovered; the step is tried again.',
      cause: failure,
    });
  return new HangarError('HGR-412', `the API of cluster ${name} answers ${status}: ${message}`, { cause: failure });
}

/** What the system's error codes mean here; https://nodejs.org/api/errors.html#common-system-errors and OpenSSL's. */
const networkErrors: readonly { codes: RegExp; text: string; next: string }[] = [
  {
    codes: /ENOTFOUND|EAI_AGAIN/,
    text: 'its name does not resolve',
    next: 'Check that the cluster still exists and that the worker can resolve its endpoint.',
  },
  {
    codes: /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/,
    text: 'its certificate is not the one that the cloud vouches for',
    next: 'Check that no proxy between the worker and the cluster replaces certificates.',
  },
  {
    codes: /ETIMEDOUT|TimeoutError|AbortError|ABORT_ERR|EHOSTUNREACH|ENETUNREACH/,
    text: 'it does not answer',
    next: "Run the worker where the cluster's private endpoint is reachable, or add its address to cluster.publicAccess.",
  },
  {
    codes: /ECONNREFUSED|ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ERR_SOCKET/,
    text: 'the connection is refused or cut',
    next: 'Check that the cluster is active; the step is tried again.',
  },
];

function classifyNetworkError(error: unknown, { name, server }: Pick<ClusterAccess, 'name' | 'server'>): HangarError {
  const known = error as { code?: string; name?: string; message?: string; cause?: { code?: string } } | undefined;
  const code = known?.code ?? known?.cause?.code ?? known?.name ?? '';
  const match = networkErrors.find(({ codes }) => codes.test(code));
  if (match)
    return new HangarError('HGR-401', `cluster ${name} at ${server} cannot be reached: ${match.text}`, {
      next: match.next,
      cause: error,
    });
  return new HangarError('HGR-412', `cluster ${name} at ${server}: ${known?.message ?? String(error)}`, {
    cause: error,
  });
}
