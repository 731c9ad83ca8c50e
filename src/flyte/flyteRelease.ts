import type { DeploymentSpec } from '../spec/DeploymentSpec.js';

type Distribution = DeploymentSpec['flyte']['distribution'];

/** Flyte's Kubernetes namespace. */
export const flyteNamespace = 'flyte';
/** Flyte's Helm release. */
export const flyteReleaseName = 'flyte';

/** The label of every namespace that Flyte makes for a project and a domain; its value is the deployment's name. */
export const deploymentLabel = 'hangar/deployment';

/** What the two charts call the same things. */
export interface FlyteRelease {
  readonly chart: 'flyte-core' | 'flyte-binary';
  /** Deployment that serves FlyteAdmin. */
  readonly adminDeployment: string;
  /** Service and port of FlyteAdmin's REST API inside the cluster. */
  readonly adminService: { readonly name: string; readonly port: number };
  /** Deployment that runs FlytePropeller. */
  readonly propellerDeployment: string;
  /** Ingress whose load balancer the deployment's names point at. */
  readonly ingress: string;
}

const releases: Record<Distribution, FlyteRelease> = {
  core: {
    chart: 'flyte-core',
    adminDeployment: 'flyteadmin',
    adminService: { name: 'flyteadmin', port: 80 },
    propellerDeployment: 'flytepropeller',
    ingress: 'flyte-core',
  },
  // The binary chart names everything by `fullnameOverride`, which chartValuesBinary sets to the release's name.
  binary: {
    chart: 'flyte-binary',
    adminDeployment: flyteReleaseName,
    adminService: { name: `${flyteReleaseName}-http`, port: 8088 },
    propellerDeployment: flyteReleaseName,
    ingress: `${flyteReleaseName}-http`,
  },
};

/** Names of the objects that a distribution's chart makes. */
export const flyteRelease = (distribution: Distribution): FlyteRelease => releases[distribution];

/** Flyte's domains are the same for all projects: every domain that some project of the file names, in order. */
export function flyteDomains(spec: DeploymentSpec): string[] {
  return [...new Set(spec.flyte.projects.flatMap((project) => project.domains))];
}

/** Namespaces that Flyte makes: one for each project in each domain. */
export function flyteNamespaces(spec: DeploymentSpec): string[] {
  return spec.flyte.projects.flatMap((project) => flyteDomains(spec).map((domain) => `${project.id}-${domain}`));
}
