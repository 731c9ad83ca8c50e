#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/src/cli/main.js', import.meta.url);
if (!existsSync(built)) {
  process.stderr.write('error Hangar is not built yet\n  next Run `npm run build` in its folder.\n');
  process.exit(3);
}
const { main } = await import(built.href);
// A checkout has the local cloud too; the installed product does not.
const local = new URL('../dist/local/cli/localCommand.js', import.meta.url);
const extraCommands = existsSync(local) ? [(await import(local.href)).localCommand()] : [];
process.exitCode = await main(process.argv.slice(2), { extraCommands });
