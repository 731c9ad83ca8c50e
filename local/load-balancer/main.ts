import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startLoadBalancer } from './startLoadBalancer.js';

/**
 * The stand-in for the AWS Load Balancer Controller as a program of its own:
 * `node main.js --kubeconfig FILE --aws-endpoint URL --cluster NAME --target HOST:PORT --registry FOLDER --ca-file FILE
 * [--region REGION]`. Writes its authority's certificate to the CA file, prints `{"ready":true}`, then what it does, one
 * line each; ends on SIGTERM.
 */
const { values } = parseArgs({
  options: {
    kubeconfig: { type: 'string' },
    'aws-endpoint': { type: 'string' },
    cluster: { type: 'string' },
    target: { type: 'string' },
    registry: { type: 'string' },
    'ca-file': { type: 'string' },
    region: { type: 'string' },
  },
});
const { kubeconfig, 'aws-endpoint': awsEndpoint, cluster, target, registry, 'ca-file': caFile, region } = values;
const [host, port] = target?.split(':') ?? [];
if (!kubeconfig || !awsEndpoint || !cluster || !host || !port || !registry || !caFile) {
  process.stderr.write('--kubeconfig, --aws-endpoint, --cluster, --target, --registry and --ca-file are needed\n');
  process.exit(2);
}
const standIn = await startLoadBalancer({
  kubeconfig,
  awsEndpoint,
  clusterName: cluster,
  target: { host, port: Number(port) },
  registry,
  ...(region ? { region } : {}),
  log: (line) => process.stdout.write(`${line}\n`),
});
await writeFile(caFile, standIn.certificateAuthority);
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    standIn.stop().then(() => process.exit(0));
  });
}
