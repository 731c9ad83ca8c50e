import { isDeepStrictEqual } from 'node:util';
import type { ExecutionAnswer, ExecutionRequest, TaskRequest } from '../../src/flyte/adminClient.js';
import { flyteNamespace } from '../../src/flyte/flyteRelease.js';
import type { AwsClients } from './AwsClients.js';
import type { ClusterApis } from './ClusterApis.js';
import { checkDatabase } from './checkDatabase.js';
import { type Execution, hasEnded, type TaskTemplate } from './Execution.js';
import { readInstallation } from './Installation.js';
import { Propeller } from './Propeller.js';
import { StandInError } from './StandInError.js';
import { bucketAs } from './WorkloadIdentity.js';

type Body = Record<string, unknown>;

/**
 * Plays FlyteAdmin's REST API over what the chart put into the cluster. Tasks and executions live in this process: a
 * real FlyteAdmin keeps them in the database, which the emulator has none of.
 */
export class AdminApi {
  readonly #apis: ClusterApis;
  readonly #aws: AwsClients;
  readonly #cluster: string;
  readonly #propeller: Propeller;
  readonly #tasks = new Map<string, TaskTemplate>();
  readonly #executions = new Map<string, Execution>();

  constructor(apis: ClusterApis, aws: AwsClients, cluster: string) {
    this.#apis = apis;
    this.#aws = aws;
    this.#cluster = cluster;
    this.#propeller = new Propeller(apis, aws);
  }

  /** @throws StandInError (503) while FlyteAdmin is not there or not ready */
  async health(): Promise<void> {
    await readInstallation(this.#apis);
  }

  async version(): Promise<Body> {
    const { imageTag } = await readInstallation(this.#apis);
    return {
      control_plane_version: { Build: `stand-in for cluster ${this.#cluster}`, Version: imageTag, BuildTime: '' },
    };
  }

  async projects(): Promise<Body> {
    const installation = await this.#withDatabase();
    const domains = installation.admin.section('domains');
    return {
      projects: installation.projects.map((id) => ({ id, name: id, description: '', domains, state: 'ACTIVE' })),
      token: '',
    };
  }

  async createTask(request: TaskRequest): Promise<Body> {
    const { projects, admin } = await this.#withDatabase();
    const template = request.spec?.template;
    const { project, domain, name, version } = template?.id ?? {};
    if (!template || !project || !domain || !name || !version) throw new StandInError('invalid', 'missing task id');
    if (!projects.includes(project)) throw new StandInError('notFound', `project [${project}] not found`);
    if (!admin.section('domains').some(({ id }) => id === domain)) {
      throw new StandInError('invalid', `domain [${domain}] is unrecognized by system`);
    }
    const key = [project, domain, name, version].join('/');
    const registered = this.#tasks.get(key);
    if (registered && isDeepStrictEqual(registered, template)) {
      throw new StandInError('exists', `identical task exists with id ${key}`);
    }
    if (registered) throw new StandInError('invalid', `task with different structure already exists: ${key}`);
    this.#tasks.set(key, template);
    return {};
  }

  async createExecution(request: ExecutionRequest): Promise<Body> {
    await this.#withDatabase();
    const { project, domain, name } = request;
    if (!project || !domain || !name || !/^[a-z][a-z0-9-]{0,62}$/.test(name)) {
      throw new StandInError('invalid', `invalid execution id ${project}/${domain}/${name}`);
    }
    const task = request.spec?.launch_plan ?? {};
    const template = this.#tasks.get([task.project, task.domain, task.name, task.version].join('/'));
    if (!template) throw new StandInError('notFound', `missing entity of type TASK with name [${task.name}]`);
    const key = `${project}/${domain}/${name}`;
    if (this.#executions.has(key)) throw new StandInError('exists', `execution ${key} already exists`);
    const inputs = request.inputs?.literals ?? {};
    const missing = Object.keys(template.interface?.inputs?.variables ?? {}).filter((input) => !(input in inputs));
    if (missing.length > 0) throw new StandInError('invalid', `required input ${missing.join(', ')} was not given`);
    const execution: Execution = { project, domain, name, template, inputs, createdAt: new Date(), phase: 'QUEUED' };
    this.#executions.set(key, execution);
    this.#propeller.start(execution);
    return { id: { project, domain, name } };
  }

  async execution(key: string): Promise<ExecutionAnswer> {
    await this.#withDatabase();
    const { project, domain, name, phase, error, outputsUri, createdAt, endedAt } = this.#find(key);
    return {
      id: { project, domain, name },
      closure: {
        // The generated types know enums as numbers; the API gives their names.
        phase,
        ...(error === undefined ? {} : { error: { code: 'StandIn', kind: 'UNKNOWN', message: error } }),
        ...(outputsUri === undefined ? {} : { outputs: { uri: outputsUri } }),
        ...(endedAt ? { duration: `${(endedAt.getTime() - createdAt.getTime()) / 1000}s` as never } : {}),
      },
    };
  }

  /** FlyteAdmin reads an execution's outputs from the bucket under its own identity. */
  async executionData(key: string): Promise<Body> {
    const { admin, serviceAccounts } = await this.#withDatabase();
    const { inputs, outputsUri } = this.#find(key);
    if (outputsUri === undefined) return { full_inputs: { literals: inputs }, full_outputs: { literals: {} } };
    const bucket = admin.section('storage').container;
    const account = { namespace: flyteNamespace, name: serviceAccounts.admin };
    const reader = await bucketAs(this.#apis, this.#aws, account, bucket);
    const outputs = JSON.parse(await reader.get(outputsUri.slice(`s3://${bucket}/`.length))) as Body;
    return { full_inputs: { literals: inputs }, full_outputs: outputs };
  }

  async terminateExecution(key: string, cause: string): Promise<Body> {
    const execution = this.#find(key);
    if (hasEnded(execution))
      throw new StandInError('invalid', `execution ${key} is already in phase ${execution.phase}`);
    await this.#propeller.abort(execution, cause);
    return {};
  }

  async #withDatabase() {
    const installation = await readInstallation(this.#apis);
    await checkDatabase(installation, this.#apis, this.#aws);
    return installation;
  }

  #find(key: string): Execution {
    const execution = this.#executions.get(key);
    if (!execution) throw new StandInError('notFound', `missing entity of type execution with identifier ${key}`);
    return execution;
  }
}
