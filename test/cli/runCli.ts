import { main } from '../../src/cli/main.js';
import { RecordingTerminal } from './RecordingTerminal.js';

/** Runs the CLI as a shell would, with an environment that holds nothing but what the test gives. */
export async function runCli(
  args: string[],
  { env = {}, terminal = new RecordingTerminal() }: { env?: NodeJS.ProcessEnv; terminal?: RecordingTerminal } = {},
): Promise<{ code: number; stdout: string; stderr: string; terminal: RecordingTerminal }> {
  const code = await main(args, { env, terminal });
  return { code, stdout: terminal.stdout, stderr: terminal.stderr, terminal };
}
