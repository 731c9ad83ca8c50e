import { parseArgs } from 'node:util';
import { startDns } from './startDns.js';

/**
 * The DNS stand-in as a program of its own: `node main.js --aws-endpoint URL --load-balancers FOLDER [--port PORT]`.
 * Prints `{"port":…}` when it answers; ends on SIGTERM.
 */
const { values } = parseArgs({
  options: { 'aws-endpoint': { type: 'string' }, 'load-balancers': { type: 'string' }, port: { type: 'string' } },
});
const { 'aws-endpoint': awsEndpoint, 'load-balancers': loadBalancers, port } = values;
if (!awsEndpoint || !loadBalancers) {
  process.stderr.write('--aws-endpoint and --load-balancers are needed\n');
  process.exit(2);
}
const dns = await startDns({ awsEndpoint, loadBalancers, ...(port ? { port: Number(port) } : {}) });
process.stdout.write(`${JSON.stringify({ port: dns.port })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    dns.stop().then(() => process.exit(0));
  });
}
