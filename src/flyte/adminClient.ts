import type { flyteidl } from '@flyteorg/flyteidl/gen/pb-js/flyteidl.js';
import { HangarError } from '../errors/HangarError.js';
import type { ProtoJson } from './protoJson.js';

type Admin = typeof flyteidl.admin;
type Answer<M> = M extends new (...args: never[]) => infer T ? ProtoJson<Omit<T, 'toJSON'>> : never;

export type VersionAnswer = Answer<Admin['GetVersionResponse']>;
export type ProjectsAnswer = Answer<Admin['Projects']>;
export type ExecutionAnswer = Answer<Admin['Execution']>;
export type ExecutionDataAnswer = Answer<Admin['WorkflowExecutionGetDataResponse']>;
export type Execution = flyteidl.core.IWorkflowExecutionIdentifier & { project: string; domain: string; name: string };

/** What tasks and executions are made of; enums are given by name, which the generated types do not know. */
export type TaskRequest = ProtoJson<flyteidl.admin.ITaskCreateRequest>;
export type ExecutionRequest = ProtoJson<flyteidl.admin.IExecutionCreateRequest>;

export interface AdminClientOptions {
  /** `http://127.0.0.1:PORT` or the public address. */
  readonly baseUrl: string;
  /** For one request, in milliseconds; default 15 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** FlyteAdmin's REST API, as far as the smoke checks need it. Every failure is HGR-502. */
export interface AdminClient {
  readonly baseUrl: string;
  /** Resolves when FlyteAdmin says that it is healthy. */
  health(): Promise<void>;
  version(): Promise<VersionAnswer>;
  /** All projects with their domains; read from Flyte's database. */
  projects(): Promise<NonNullable<ProjectsAnswer['projects']>>;
  /** Registers a task; done where the same one is there. */
  createTask(task: TaskRequest): Promise<void>;
  /** Starts an execution; done where one of that name is there. */
  createExecution(execution: ExecutionRequest): Promise<void>;
  execution(id: Execution): Promise<ExecutionAnswer>;
  /** Inputs and outputs of an execution, as FlyteAdmin reads them from the bucket. */
  executionData(id: Execution): Promise<ExecutionDataAnswer>;
  /** Ends an execution; done where it has ended already. */
  terminateExecution(id: Execution, cause: string): Promise<void>;
}

/** A client for the FlyteAdmin behind `baseUrl`. */
export function adminClient({ baseUrl, timeoutMs = 15_000, signal }: AdminClientOptions): AdminClient {
  async function request(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(new URL(path, baseUrl), {
        method,
        // FlyteAdmin answers in protobuf unless asked for JSON.
        headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const text = await response.text();
      return { status: response.status, json: text === '' ? {} : parse(text) };
    } catch (error) {
      const reason = timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : rootMessage(error);
      throw new HangarError('HGR-502', `FlyteAdmin does not answer ${method} ${path}: ${reason}`, { cause: error });
    }
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, json } = await request(method, path, body);
    if (status < 300) return json as T;
    throw refusal(method, path, status, json);
  }

  /** A request that is as good as done when its object exists (409) or, for `missing`, is gone (404). */
  async function ensure(method: string, path: string, body: unknown): Promise<void> {
    const { status, json } = await request(method, path, body);
    if (status >= 300 && status !== 409) throw refusal(method, path, status, json);
  }

  return {
    baseUrl,
    health: async () => {
      await call('GET', '/healthcheck');
    },
    version: () => call('GET', '/api/v1/version'),
    projects: async () => {
      const projects: NonNullable<ProjectsAnswer['projects']> = [];
      let token = '';
      do {
        const page = await call<ProjectsAnswer>('GET', `/api/v1/projects?limit=100&token=${encodeURIComponent(token)}`);
        projects.push(...(page.projects ?? []));
        token = page.token ?? '';
      } while (token !== '');
      return projects;
    },
    createTask: (task) => ensure('POST', '/api/v1/tasks', task),
    createExecution: (execution) => ensure('POST', '/api/v1/executions', execution),
    execution: (id) => call('GET', `/api/v1/executions/${executionPath(id)}`),
    executionData: (id) => call('GET', `/api/v1/data/executions/${executionPath(id)}`),
    terminateExecution: async (id, cause) => {
      const path = `/api/v1/executions/${executionPath(id)}`;
      const { status, json } = await request('DELETE', path, { cause });
      // 400 and 409: it has ended; 404: it never was.
      if (status >= 300 && ![400, 404, 409].includes(status)) throw refusal('DELETE', path, status, json);
    },
  };
}

function executionPath({ project, domain, name }: Execution): string {
  return [project, domain, name].map(encodeURIComponent).join('/');
}

function refusal(method: string, path: string, status: number, json: unknown): HangarError {
  const { message, error } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  const said = message ?? error ?? (typeof json === 'string' ? json.slice(0, 200) : undefined);
  return new HangarError('HGR-502', `FlyteAdmin answers ${method} ${path} with ${status}${said ? `: ${said}` : ''}`);
}

/** A proxy's answer need not be JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** fetch hides why it failed in the cause. */
function rootMessage(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && cause.message) return cause.message;
  return error instanceof Error ? error.message : String(error);
}
