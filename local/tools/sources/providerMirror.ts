import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { extractZip } from '../extractZip.js';
import { terraformPlatform } from '../platform.js';
import type { Source } from './Source.js';

/** A filesystem mirror with one provider, made by terraform itself, which checks the publisher's signature. */
export function providerMirror(source: string, version: string): Source {
  return {
    description: `terraform providers mirror of ${source} ${version}`,
    async install({ folder, tools, report }) {
      const configuration = { terraform: { required_providers: { mirrored: { source, version } } } };
      await writeFile(join(folder, 'main.tf.json'), JSON.stringify(configuration));
      report(`fetching ${source} ${version}`);
      const env = { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
      await execa(tools.terraform!, ['providers', 'mirror', `-platform=${terraformPlatform}`, '.'], {
        cwd: folder,
        env,
      });
      const packages = join(folder, 'registry.terraform.io', source);
      const archive = (await readdir(packages)).find((file) => file.endsWith('.zip'));
      if (!archive) throw new Error('terraform mirrored no package');
      // Unpacked, because terraform links an unpacked provider but unpacks 700 MB anew at each init of a packed one.
      report('unpacking');
      await extractZip(join(packages, archive), join(packages, version, terraformPlatform));
      for (const file of await readdir(packages)) {
        if (file !== version) await rm(join(packages, file), { recursive: true });
      }
      await rm(join(folder, 'main.tf.json'));
    },
  };
}
