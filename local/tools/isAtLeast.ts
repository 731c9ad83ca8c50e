/** Whether `version` is at least `least`, compared number by number. */
export function isAtLeast(version: string, least: string): boolean {
  const [left, right] = [version, least].map((each) => each.split('.').map((part) => Number.parseInt(part, 10)));
  for (let place = 0; place < right!.length; place++) {
    const difference = (left![place] ?? 0) - right![place]!;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
