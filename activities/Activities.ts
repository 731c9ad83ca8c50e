import type { Manifest, ManifestChange } from '../src/graph/Manifest.js';
import type { DeploymentOutputs } from '../src/graph/StepOutputs.js';
import type { StepPlan } from '../src/graph/StepPlan.js';
import type { Leftover, StepReport, StepRequest } from '../src/graph/StepRequest.js';
import type { DeploymentSpec } from '../src/spec/DeploymentSpec.js';
import type { DeploymentKey } from '../src/spec/parseDeploymentKey.js';

export type { DeploymentKey };

type MakeOrUnmake = (request: StepRequest) => Promise<StepReport>;

/** Every activity a worker registers; the workflows' only view of the world. Failures are ApplicationFailures of type `HGR-…`. */
export interface Activities {
  /** Fails with all that stands in the way (HGR-2xx), before anything is made. */
  preflight(request: { spec: DeploymentSpec }): Promise<void>;

  makeBootstrap: MakeOrUnmake;

  applyTerraform: MakeOrUnmake;
  destroyTerraform: MakeOrUnmake;
  /** What applyTerraform would do, without doing it. Outputs of steps not made yet may be placeholders. */
  planTerraform(request: StepRequest): Promise<StepPlan>;

  installPlatform: MakeOrUnmake;
  uninstallPlatform: MakeOrUnmake;

  writeCredentials: MakeOrUnmake;
  removeCredentials: MakeOrUnmake;

  installFlyte: MakeOrUnmake;
  uninstallFlyte: MakeOrUnmake;

  writeRecords: MakeOrUnmake;
  removeRecords: MakeOrUnmake;

  runSmoke: MakeOrUnmake;

  /** The manifest of a deployment; null when there is none (or no state bucket). */
  loadManifest(key: DeploymentKey): Promise<Manifest | null>;
  /** Creates or changes the manifest, retrying over concurrent changes. */
  saveManifest(change: ManifestChange): Promise<void>;
  /** Removes the manifest and the deployment's empty states: the last thing a destruction does. */
  deleteManifest(key: DeploymentKey): Promise<void>;
  /** What the cloud still lists under the deployment's tags, and what states still hold. */
  findLeftovers(request: { spec: DeploymentSpec; outputs: DeploymentOutputs }): Promise<Leftover[]>;
}
