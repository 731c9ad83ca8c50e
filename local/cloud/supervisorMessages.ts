import type { HangarErrorJson } from '../../src/errors/HangarError.js';

/** What the supervising process of a local cloud tells its starter. */
export type SupervisorMessage =
  | { readonly progress: string }
  | { readonly ready: true }
  | { readonly failed: HangarErrorJson };
