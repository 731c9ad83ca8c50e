import type { Cloud } from '../Cloud.js';
import { awsClients } from './awsClients.js';
import { backend } from './backend.js';
import { bootstrap } from './bootstrap.js';
import { clusterAccess } from './clusterAccess.js';
import { credentialCommand } from './credentialCommand.js';
import { deleteBootstrap } from './deleteBootstrap.js';
import { findByTag } from './findByTag.js';
import { findOrphans } from './findOrphans.js';
import { flyteValues } from './flyteValues.js';
import { hourlyCost } from './hourlyCost.js';
import { identity } from './identity.js';
import { kubeconfigCommand } from './kubeconfigCommand.js';
import { placeholderOutputs } from './placeholderOutputs.js';
import { platformCharts } from './platformCharts.js';
import { preflight } from './preflight/preflight.js';
import { readSecret } from './readSecret.js';
import { removeRecords, writeRecords } from './records.js';
import { s3StateStore } from './s3StateStore.js';
import { stateBucket } from './stateBucket.js';
import { terraformEnvironment } from './terraformEnvironment.js';
import { terraformModule } from './terraformModule.js';
import { terraformProvider } from './terraformProvider.js';

/** AWS. Credentials, profiles, regions and endpoints are those that the AWS SDK and CLI use. */
export function awsCloud(): Cloud {
  const clients = awsClients();
  return {
    name: 'aws',
    identity: () => identity(clients),
    preflight: (spec) => preflight(clients, spec),
    bootstrap: (target, signal) => bootstrap(clients, target, signal),
    deleteBootstrap: (target, signal) => deleteBootstrap(clients, target, signal),
    stateBucket,
    stateStore: (target) => s3StateStore(clients, target),
    backend,
    terraformEnvironment: () => terraformEnvironment(clients),
    terraformModule,
    placeholderOutputs,
    terraformProvider,
    clusterAccess: (spec, cluster) => clusterAccess(clients, spec.region, cluster.cluster_name),
    readSecret: (id, region) => readSecret(clients, id, region),
    writeRecords: (spec, dns, loadBalancer) => writeRecords(clients, spec, dns, loadBalancer),
    removeRecords: (spec, dns) => removeRecords(clients, spec, dns),
    findByTag: (target, deployment) => findByTag(clients, target, deployment),
    findOrphans: (spec, clusterName) => findOrphans(clients, spec.region, clusterName),
    platformCharts,
    flyteValues,
    hourlyCost,
    kubeconfigCommand,
    credentialCommand,
  };
}
