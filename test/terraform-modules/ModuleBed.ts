import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { type CloudResource, listCloudResources } from '../../local/gateway/listCloudResources.js';
import { packageRoot } from '../../local/packageRoot.js';
import { terraformModule } from '../../src/clouds/aws/terraformModule.js';
import { terraformProvider } from '../../src/clouds/aws/terraformProvider.js';
import type { Json } from '../../src/clouds/Cloud.js';
import type { StepRequest } from '../../src/graph/StepRequest.js';
import { moduleOutputs } from '../../src/terraform/moduleOutputs.js';
import { rootModule } from '../../src/terraform/rootModule.js';
import { startTestMoto, type TestMoto } from '../support/localCloud.js';

/** One resource in `terraform show -json PLAN`. */
export interface ResourceChange {
  address: string;
  type: string;
  change: { actions: string[]; before: Record<string, unknown> | null; after: Record<string, unknown> | null };
}

/** One resource in a state or a plan's configuration of values. */
export interface StateResource {
  address: string;
  mode: 'managed' | 'data';
  type: string;
  values: Record<string, unknown>;
}

/** Terraform, the real AWS provider and the AWS emulator, for running modules as Hangar's root module does. */
export class ModuleBed {
  readonly #folder: string;
  readonly #moto: TestMoto;
  readonly #environment: Record<string, string>;
  readonly #initialised = new Set<string>();

  private constructor(folder: string, moto: TestMoto) {
    this.#folder = folder;
    this.#moto = moto;
    this.#environment = {
      ...moto.env,
      PATH: process.env.PATH ?? '',
      HOME: folder,
      TF_CLI_CONFIG_FILE: moto.env.HANGAR_TERRAFORM_CONFIG!,
      TF_IN_AUTOMATION: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  static async start(): Promise<ModuleBed> {
    return new ModuleBed(await mkdtemp(join(tmpdir(), 'hangar-modules-')), await startTestMoto());
  }

  async stop(): Promise<void> {
    await this.#moto.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Everything the emulated account holds besides what a new one does. */
  resources(): Promise<CloudResource[]> {
    return listCloudResources(this.#moto.endpoint);
  }

  /** Makes a step; gives its outputs and the resources of its state. */
  async apply(request: StepRequest): Promise<{ outputs: Record<string, never>; resources: StateResource[] }> {
    const directory = await this.#prepare(request);
    await this.#run(directory, ['apply', '-auto-approve', '-input=false', '-no-color']);
    const state = await this.#show(directory, []);
    return {
      outputs: Object.fromEntries(
        Object.entries(state.values?.outputs ?? {}).map(([name, { value }]) => [name, value]),
      ) as Record<string, never>,
      resources: resourcesIn(state.values?.root_module),
    };
  }

  /** What an apply would change, reads left out. `overrides` replace input variables. */
  async plan(request: StepRequest, overrides: Record<string, Json> = {}): Promise<ResourceChange[]> {
    const directory = await this.#prepare(request, overrides);
    await this.#run(directory, ['plan', '-input=false', '-no-color', '-out=plan']);
    const { resource_changes = [] } = await this.#show(directory, ['plan']);
    return resource_changes.filter(({ change }) => !['no-op', 'read'].includes(change.actions.join()));
  }

  async destroy(request: StepRequest): Promise<void> {
    const directory = await this.#prepare(request);
    await this.#run(directory, ['destroy', '-auto-approve', '-input=false', '-no-color']);
  }

  /** Writes and initialises the root module that calls the step's module; the same folder each time for a step. */
  async #prepare(request: StepRequest, overrides: Record<string, Json> = {}): Promise<string> {
    const { module, variables: built } = terraformModule(request);
    const variables = { ...built, ...overrides };
    const directory = join(this.#folder, request.spec.name, request.step);
    const moduleFolder = join(packageRoot, 'terraform', module);
    await mkdir(directory, { recursive: true });
    await cp(moduleFolder, join(directory, 'module'), { recursive: true });
    await cp(join(moduleFolder, '.terraform.lock.hcl'), join(directory, '.terraform.lock.hcl'));
    const root = rootModule({
      backend: { type: 'local', config: { path: 'terraform.tfstate' } },
      provider: terraformProvider(request),
      module: { source: './module', variables: Object.keys(variables), outputs: await moduleOutputs(moduleFolder) },
    });
    await writeFile(join(directory, 'main.tf.json'), JSON.stringify(withPathStyle(root)));
    await writeFile(join(directory, 'terraform.tfvars.json'), JSON.stringify(variables));
    if (!this.#initialised.has(directory)) {
      await this.#run(directory, ['init', '-input=false', '-no-color', '-lockfile=readonly']);
      this.#initialised.add(directory);
    }
    return directory;
  }

  async #show(directory: string, args: string[]): Promise<ShowJson> {
    const { stdout } = await this.#run(directory, ['show', '-json', ...args]);
    return JSON.parse(stdout) as ShowJson;
  }

  async #run(directory: string, args: string[]): Promise<{ stdout: string }> {
    const result = await execa(this.#moto.env.HANGAR_TERRAFORM!, args, {
      cwd: directory,
      env: this.#environment,
      extendEnv: false,
      reject: false,
      maxBuffer: 256 * 1024 * 1024,
    });
    if (result.exitCode !== 0) {
      throw new Error(`terraform ${args[0]} in ${directory} failed:\n${result.stderr || result.stdout}`);
    }
    return result;
  }
}

interface Module {
  resources?: StateResource[];
  child_modules?: Module[];
}

interface ShowJson {
  values?: { outputs?: Record<string, { value: unknown }>; root_module?: Module };
  resource_changes?: ResourceChange[];
}

function resourcesIn(module: Module | undefined): StateResource[] {
  if (!module) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesIn)];
}

/** The emulator answers to one host name only. */
function withPathStyle(root: { [key: string]: Json }): { [key: string]: Json } {
  const provider = (root.provider as { aws: { [key: string]: Json } }).aws;
  return { ...root, provider: { aws: { ...provider, s3_use_path_style: true } } };
}
