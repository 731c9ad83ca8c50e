/** How removals wait. */
export interface RemovalWait {
  /** How long what is to go may take to go by itself, in seconds. */
  readonly seconds: number;
  readonly pollMs: number;
  readonly signal?: AbortSignal;
  readonly report: (waitingFor: string) => void;
}
