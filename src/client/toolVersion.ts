import { execa } from 'execa';

const timeoutMs = 15_000;

/** How a tool tells its version. */
export interface VersionQuestion {
  readonly program: string;
  readonly args: readonly string[];
  /** Its first group is the version. */
  readonly pattern: RegExp;
}

/** The version a tool says it is; undefined where it is missing or says none. */
export async function toolVersion({ program, args, pattern }: VersionQuestion): Promise<string | undefined> {
  const result = await execa(program, args, {
    reject: false,
    timeout: timeoutMs,
    stdin: 'ignore',
    // terraform would look up its newest version in the internet.
    env: { CHECKPOINT_DISABLE: '1' },
  });
  if (result.failed) return undefined;
  return pattern.exec(result.stdout)?.[1];
}

/** Whether `version` is `least` or newer; both `1.2.3`, a suffix is ignored. */
export function isAtLeast(version: string, least: string): boolean {
  const [is, wanted] = [version, least].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (const [index, number] of wanted!.entries()) {
    const part = is![index] ?? 0;
    if (part !== number) return part > number;
  }
  return true;
}
