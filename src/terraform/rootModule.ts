import type { Json, TerraformBackend, TerraformProvider } from '../clouds/Cloud.js';
import type { ModuleOutput } from './moduleOutputs.js';

/** Oldest terraform that can lock a state in S3 by itself. @see https://developer.hashicorp.com/terraform/language/backend/s3 */
export const minimumTerraform = '1.10.0';

export interface RootModule {
  readonly backend: Pick<TerraformBackend, 'type' | 'config'>;
  readonly provider?: TerraformProvider;
  /** Absent: a root without the module. Terraform then destroys from the state alone, needing no input. */
  readonly module?: {
    /** Relative path to the module's folder. */
    readonly source: string;
    readonly variables: readonly string[];
    readonly outputs: readonly ModuleOutput[];
  };
}

/**
 * The root module around a step's module, as `main.tf.json`. Values of variables are not in it: they come from
 * `terraform.tfvars.json`, which terraform does not read as templates.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function rootModule({ backend, provider, module }: RootModule): { [key: string]: Json } {
  const root: { [key: string]: Json } = {
    terraform: {
      required_version: `>= ${minimumTerraform}`,
      backend: { [backend.type]: literal(backend.config) },
      ...(provider ? { required_providers: { [provider.name]: { source: provider.source } } } : {}),
    },
  };
  if (provider) root.provider = { [provider.name]: literal(provider.config) };
  if (module) {
    const { source, variables, outputs } = module;
    // terraform takes a null in a tfvars.json for «not given», so null must be what is not given.
    root.module = {
      step: { source, ...Object.fromEntries(variables.map((name) => [name, `\${var.${name}}`])) },
    };
    // An empty object would be read as a block without its label.
    if (variables.length > 0)
      root.variable = Object.fromEntries(variables.map((name) => [name, { type: 'any', default: null }]));
    if (outputs.length > 0) {
      root.output = Object.fromEntries(
        outputs.map(({ name, sensitive }) => [
          name,
          { value: `\${module.step.${name}}`, ...(sensitive ? { sensitive: true } : {}) },
        ]),
      );
    }
  }
  return root;
}

/** Keeps `${` and `%{` in a value from being read as a template. */
function literal(value: Json): Json {
  if (typeof value === 'string') return value.replace(/[$%](?=\{)/g, (sign) => sign + sign);
  if (Array.isArray(value)) return value.map(literal);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key) as string, literal(item)]));
  }
  return value;
}
