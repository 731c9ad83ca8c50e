import { flyteNamespace } from '../../flyte/flyteRelease.js';
import type { Cloud } from '../Cloud.js';
import { awsClients } from './awsClients.js';
import { backend } from './backend.js';
import { credentialCommand } from './credentialCommand.js';
import { flyteValues } from './flyteValues.js';
import { hourlyCost } from './hourlyCost.js';
import { kubeconfigCommand } from './kubeconfigCommand.js';
import { placeholderOutputs } from './placeholderOutputs.js';
import { platformCharts } from './platformCharts.js';
import { s3StateStore } from './s3StateStore.js';
import { stateBucket } from './stateBucket.js';
import { terraformEnvironment } from './terraformEnvironment.js';
import { terraformModule } from './terraformModule.js';
import { terraformProvider } from './terraformProvider.js';

/**
 * AWS. Credentials, profiles, regions and endpoints are those that the AWS SDK and CLI use.
 * What needs a client of its own is loaded when it is first asked for: EC2's alone takes a second, and `hangar list`
 * needs none of them.
 */
export function awsCloud(): Cloud {
  const clients = awsClients();
  return {
    name: 'aws',
    identity: async () => (await import('./identity.js')).identity(clients),
    preflight: async (spec) => (await import('./preflight/preflight.js')).preflight(clients, spec),
    bootstrap: async (target, signal) => (await import('./bootstrap.js')).bootstrap(clients, target, signal),
    deleteBootstrap: async (target, signal) =>
      (await import('./deleteBootstrap.js')).deleteBootstrap(clients, target, signal),
    stateBucket,
    stateStore: (target) => s3StateStore(clients, target),
    backend,
    terraformEnvironment: () => terraformEnvironment(clients),
    terraformModule,
    placeholderOutputs,
    terraformProvider,
    clusterAccess: async (spec, cluster) =>
      (await import('./clusterAccess.js')).clusterAccess(clients, spec.region, cluster.cluster_name),
    readSecret: async (id, region) => (await import('./readSecret.js')).readSecret(clients, id, region),
    writeRecords: async (spec, dns, loadBalancer) =>
      (await import('./records.js')).writeRecords(clients, spec, dns, loadBalancer),
    removeRecords: async (spec, dns) => (await import('./records.js')).removeRecords(clients, spec, dns),
    findByTag: async (target, deployment) => (await import('./findByTag.js')).findByTag(clients, target, deployment),
    removeSchedules: async (spec) => (await import('./scheduleRules.js')).removeScheduleRules(clients, spec),
    findOrphans: async (spec, clusterName) => {
      const { findScheduleRules } = await import('./scheduleRules.js');
      const schedules = await findScheduleRules(clients, spec);
      if (!clusterName) return schedules;
      const sharedWith = spec.cluster.existing && { deployment: spec.name, namespace: flyteNamespace };
      const { findOrphans } = await import('./findOrphans.js');
      const owner = { clusterName, ...(sharedWith ? { sharedWith } : {}) };
      return [...schedules, ...(await findOrphans(clients, spec.region, owner))];
    },
    platformCharts,
    flyteValues,
    hourlyCost,
    kubeconfigCommand,
    credentialCommand,
  };
}
