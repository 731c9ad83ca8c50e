/** `42s`, `1m 05s`, `2h 03m`, `3d 4h`: two units at most. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m`;
  return `${Math.floor(whole / 86_400)}d ${Math.floor((whole % 86_400) / 3600)}h`;
}

/** How long something usually takes, without false precision: `10s`, `2m`, `1h 10m`. */
export function formatUsual(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)}s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes}m` : formatDuration(minutes * 60);
}

/** Seconds between two moments (ISO 8601); to `now` where the second is absent. */
export function secondsBetween(from: string | undefined, to: string | undefined, now: Date): number | undefined {
  if (!from) return undefined;
  return Math.max(0, ((to ? new Date(to) : now).getTime() - new Date(from).getTime()) / 1000);
}
