const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Milliseconds in a duration of the deployment file: a whole number and a unit, `30m`, `8h`, `2d`.
 * @throws RangeError for anything else
 */
export function durationMs(text: string): number {
  const match = /^(\d{1,6})([mhd])$/.exec(text);
  if (!match) throw new RangeError(`not a duration: ${text}`);
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}
