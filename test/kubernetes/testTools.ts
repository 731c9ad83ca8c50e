import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where the tests find their programs: HANGAR_TEST_BIN, a folder with `control-plane`, `kwok` and `helm`. */
export function testTools(): { controlPlane: string; kwok: string; helm: string } {
  const folder = process.env.HANGAR_TEST_BIN ?? '';
  const tool = (name: string) => {
    const file = path.join(folder, name);
    if (!existsSync(file)) throw new Error(`${name} is not in ${folder || 'HANGAR_TEST_BIN, which is not set'}`);
    return file;
  };
  return { controlPlane: tool('control-plane'), kwok: tool('kwok'), helm: tool('helm') };
}
