import { join } from 'node:path';
import { execa } from 'execa';
import type { Installation, Source } from './Source.js';

/** A Go program built from a published module; Go checks it against its checksum database. */
export function goInstall(module: string, version: string): Source {
  return {
    description: `go install ${module}@${version}`,
    install: (installation) => build(installation, ['install', '-v', '-trimpath', `${module}@${version}`]),
  };
}

interface GoBuild {
  /** The folder with go.mod and go.sum. */
  readonly folder: string;
  /** File name of the program. */
  readonly program: string;
  readonly ldflags: string;
}

/** A Go program built from sources of this repository, its dependencies pinned by go.sum. */
export function goBuild({ folder, program, ldflags }: GoBuild): Source {
  return {
    description: `go build of ${program}`,
    async install(installation) {
      const output = join(installation.folder, program);
      await build(installation, ['build', '-v', '-trimpath', '-ldflags', ldflags, '-o', output, '.'], folder);
    },
  };
}

/** `go -v` names each package as it compiles it, and each module as it downloads it. */
async function build(installation: Installation, args: readonly string[], cwd?: string): Promise<void> {
  const { folder, tools, report } = installation;
  const env = { GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'auto', GOWORK: 'off' };
  if (cwd) env.GOFLAGS = '-mod=readonly';
  const go = execa(tools.go!, args, { cwd: cwd ?? folder, env, all: true });
  let compiled = 0;
  for await (const line of go.iterable({ from: 'all' })) {
    if (line.startsWith('go: downloading')) report(line.replace('go: ', ''));
    else if (/^[\w.-]+(\/[\w.-]+)*$/.test(line.trim())) {
      compiled += 1;
      report(`compiled ${compiled} packages`);
    }
  }
  await go;
}
