import type { PartStatus } from '../cloud/LocalCloud.js';

/** Prints what runs where, and what of it is real. */
export function printParts(parts: readonly PartStatus[], say: (line: string) => void): void {
  const width = Math.max(...parts.map((part) => part.name.length));
  for (const part of parts) {
    const mark = part.kind === 'real' ? 'real    ' : 'stand-in';
    say(`${part.name.padEnd(width)}  ${mark}  ${part.what}`);
    if (part.address) say(`${' '.repeat(width + 12)}${part.address}`);
    if (part.log) say(`${' '.repeat(width + 12)}log: ${part.log}`);
  }
}
