import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An output that a module declares. */
export interface ModuleOutput {
  readonly name: string;
  readonly sensitive: boolean;
}

/**
 * The outputs that a module's `*.tf` files declare. Terraform wants `sensitive` to be a literal, so that reading
 * the text is enough.
 */
export async function moduleOutputs(directory: string): Promise<ModuleOutput[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.tf')).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(directory, name), 'utf8')));
  return texts.flatMap(parseOutputs);
}

/** The outputs declared in the text of one `.tf` file formatted by `terraform fmt`. */
export function parseOutputs(text: string): ModuleOutput[] {
  const outputs: ModuleOutput[] = [];
  // In formatted files, which CI checks, a block is on one line or ends with a brace at the first column.
  for (const [, name, line, block] of text.matchAll(/^output "([\w-]+)" \{(?:(.*)\}$|$([\s\S]*?)^\}$)/gm)) {
    outputs.push({ name: name!, sensitive: /^\s*sensitive\s*=\s*true\b/m.test(line ?? block ?? '') });
  }
  return outputs;
}
