import type { Guard } from './Guard.js';

const supported = '1.13 to 1.16';

/** Flyte versions whose chart values Hangar knows. Flyte 2 is another product under the same chart name. */
export const flyteVersion: Guard = ({ flyte }) => {
  if (/^1\.1[3-6]\.\d+$/.test(flyte.version)) return [];
  return [{ path: 'flyte.version', code: 'HGR-104', ...explain(flyte.version) }];
};

function explain(version: string): { message: string; suggestion?: string } {
  if (/^v1\.1[3-6]\.\d+$/.test(version)) return { message: 'is written without the v', suggestion: version.slice(1) };
  if (/^1\.1[3-6]$/.test(version)) {
    return {
      message: `names no patch version; give all three numbers, as ${version === '1.16' ? '1.16.8' : `${version}.0`}`,
    };
  }
  if (/^v?2(\.|$)/.test(version)) {
    return { message: `Flyte 2 (${version}) is not supported; supported are the patch versions of ${supported}` };
  }
  return { message: `Flyte ${version} is not supported; supported are the patch versions of ${supported}` };
}
