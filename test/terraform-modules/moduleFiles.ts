import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../local/packageRoot.js';
import { type AwsModule, awsModules } from '../../src/clouds/aws/terraformModule.js';

/** The folder of the AWS modules. */
export const awsFolder = join(packageRoot, 'terraform/aws');

/** The modules' folders, as they are on the disk. */
export const moduleFolders = readdirSync(awsFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (awsModules as readonly string[]).includes(entry.name))
  .map((entry) => entry.name as AwsModule);

export function moduleFile(module: AwsModule, file: string): string {
  return readFileSync(join(awsFolder, module, file), 'utf8');
}

/** The text of all a module's `.tf` files. */
export function moduleText(module: AwsModule): string {
  return readdirSync(join(awsFolder, module))
    .filter((name) => name.endsWith('.tf'))
    .map((name) => moduleFile(module, name))
    .join('\n');
}

/** The input variables a module declares, and whether each must be given. */
export function moduleVariables(module: AwsModule): { name: string; required: boolean }[] {
  return [...moduleText(module).matchAll(/^variable "([\w-]+)" \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => ({
    name: name!,
    required: !/^ {2}default\s*=/m.test(body!),
  }));
}
