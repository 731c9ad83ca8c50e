import { parseArgs } from 'node:util';
import { startFlyteAdmin } from './startFlyteAdmin.js';

/**
 * The stand-in for FlyteAdmin as a program of its own:
 * `node main.js --kubeconfig FILE --aws-endpoint URL --cluster NAME [--region REGION] [--port PORT]`.
 * Prints `{"port":…}` when it answers, then what goes wrong, one line each; ends on SIGTERM.
 */
const { values } = parseArgs({
  options: {
    kubeconfig: { type: 'string' },
    'aws-endpoint': { type: 'string' },
    cluster: { type: 'string' },
    region: { type: 'string' },
    port: { type: 'string' },
  },
});
const { kubeconfig, 'aws-endpoint': awsEndpoint, cluster, region, port } = values;
if (!kubeconfig || !awsEndpoint || !cluster) {
  process.stderr.write('--kubeconfig, --aws-endpoint and --cluster are needed\n');
  process.exit(2);
}
const admin = await startFlyteAdmin({
  kubeconfig,
  awsEndpoint,
  clusterName: cluster,
  ...(region ? { region } : {}),
  ...(port ? { port: Number(port) } : {}),
  log: (line) => process.stdout.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify({ port: admin.port })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    admin.stop().then(() => process.exit(0));
  });
}
