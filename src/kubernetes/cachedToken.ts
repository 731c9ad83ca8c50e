import type { ClusterAccess } from './ClusterAccess.js';

/** A token is not used in the last minute of its life. */
const marginMs = 60_000;

/** Keeps a cluster's token until a minute before it expires; concurrent callers share one request for it. */
export function cachedToken(access: Pick<ClusterAccess, 'token'>): { get(): Promise<string>; forget(): void } {
  let held: { token: string; expiresAt: Date } | undefined;
  let pending: ReturnType<ClusterAccess['token']> | undefined;
  return {
    async get() {
      if (held && held.expiresAt.getTime() - marginMs > Date.now()) return held.token;
      pending ??= access.token().finally(() => {
        pending = undefined;
      });
      held = await pending;
      return held.token;
    },
    forget() {
      held = undefined;
    },
  };
}
