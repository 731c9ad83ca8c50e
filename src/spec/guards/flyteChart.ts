import type { Guard } from './Guard.js';

/** The chart comes from where Helm can fetch it safely, and its address holds no password. */
export const flyteChart: Guard = ({ flyte }) => {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(flyte.chart ?? '')?.[1]?.toLowerCase();
  if (!scheme) return [];
  const path = 'flyte.chart';
  if (scheme !== 'https' && scheme !== 'oci') {
    return [{ path, message: `must be a folder or begin with https:// or oci://, not ${scheme}://` }];
  }
  if (/^[^/]+:\/\/[^/]*@/.test(flyte.chart!)) {
    return [
      { path, message: 'must not hold a user or password; log Helm in on the worker instead (helm registry login)' },
    ];
  }
  return [];
};
