import type { Size } from '../spec/DeploymentSpec.js';

/** Kubernetes quantities. */
export interface Resources {
  readonly cpu: string;
  readonly memory: string;
}

/** What a size means for Flyte; the table is in docs/sizes.md. */
export interface FlyteSize {
  /** Replicas of FlyteAdmin, DataCatalog and the console. FlytePropeller and the webhook have one that works at a time. */
  readonly replicas: number;
  readonly admin: Resources;
  readonly propeller: Resources;
  readonly datacatalog: Resources;
  readonly console: Resources;
  readonly scheduler: Resources;
  /** All components in one process, for the binary chart. */
  readonly binary: Resources;
  /** FlytePropeller's workers: workflows evaluated at once. */
  readonly propellerWorkers: number;
  /** What a task gets that asks for nothing. */
  readonly taskDefaults: Resources;
  /** The most a task may ask for. */
  readonly taskLimits: Resources & { readonly gpu: string };
  /** Quota of each project in each domain: the sum of the limits of its pods. */
  readonly projectQuota: Resources;
}

export const flyteSizes: Record<Size, FlyteSize> = {
  small: {
    replicas: 1,
    admin: { cpu: '250m', memory: '512Mi' },
    propeller: { cpu: '500m', memory: '512Mi' },
    datacatalog: { cpu: '250m', memory: '512Mi' },
    console: { cpu: '100m', memory: '128Mi' },
    scheduler: { cpu: '100m', memory: '256Mi' },
    binary: { cpu: '1', memory: '2Gi' },
    propellerWorkers: 10,
    taskDefaults: { cpu: '500m', memory: '500Mi' },
    taskLimits: { cpu: '4', memory: '16Gi', gpu: '1' },
    projectQuota: { cpu: '16', memory: '64Gi' },
  },
  medium: {
    replicas: 2,
    admin: { cpu: '500m', memory: '1Gi' },
    propeller: { cpu: '1', memory: '2Gi' },
    datacatalog: { cpu: '500m', memory: '1Gi' },
    console: { cpu: '250m', memory: '256Mi' },
    scheduler: { cpu: '250m', memory: '512Mi' },
    binary: { cpu: '2', memory: '4Gi' },
    propellerWorkers: 40,
    taskDefaults: { cpu: '1', memory: '1Gi' },
    taskLimits: { cpu: '16', memory: '64Gi', gpu: '4' },
    projectQuota: { cpu: '128', memory: '512Gi' },
  },
  large: {
    replicas: 3,
    admin: { cpu: '1', memory: '2Gi' },
    propeller: { cpu: '4', memory: '8Gi' },
    datacatalog: { cpu: '1', memory: '2Gi' },
    console: { cpu: '250m', memory: '256Mi' },
    scheduler: { cpu: '500m', memory: '1Gi' },
    binary: { cpu: '4', memory: '16Gi' },
    propellerWorkers: 100,
    taskDefaults: { cpu: '1', memory: '2Gi' },
    taskLimits: { cpu: '64', memory: '256Gi', gpu: '8' },
    projectQuota: { cpu: '1024', memory: '4Ti' },
  },
};
