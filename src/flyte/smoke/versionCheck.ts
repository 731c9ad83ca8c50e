import { adminLogs } from './adminLogs.js';
import type { SmokeCheck } from './SmokeCheck.js';

const semver = /(\d+\.\d+\.\d+)/;

/** The FlyteAdmin that answers has the version that the file asks for. */
export const versionCheck: SmokeCheck = {
  name: 'version',
  withinSeconds: 30,
  async run({ admin, spec, deployedVersion }) {
    const answered = (await admin.version()).control_plane_version?.Version ?? '';
    // Flyte's release images are built without their tag and may answer "unknown": then the image's own tag tells.
    const version = semver.exec(answered)?.[1] ?? (await deployedVersion());
    if (version === undefined)
      throw new Error(`FlyteAdmin gives its version as "${answered}" and its image has no tag`);
    if (version !== spec.flyte.version)
      throw new Error(`FlyteAdmin is ${version}, the file asks for ${spec.flyte.version}`);
    return `FlyteAdmin ${version}`;
  },
  look: adminLogs,
};
