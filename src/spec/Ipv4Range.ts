/** An IPv4 range (CIDR block). */
export interface Ipv4Range {
  /** The address as written, as an unsigned number; may have host bits set. */
  readonly address: number;
  /** First address of the range. */
  readonly first: number;
  /** Last address of the range. */
  readonly last: number;
  /** Length of the network part in bits. */
  readonly prefix: number;
}

/** Parses `10.0.0.0/16`. @throws RangeError where it is none */
export function parseIpv4Range(text: string): Ipv4Range {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const parts = match?.slice(1).map(Number);
  if (!parts || parts.slice(0, 4).some((byte) => byte > 255) || parts[4]! > 32) {
    throw new RangeError(`not an IPv4 range: ${text}`);
  }
  const address = parts.slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0);
  const prefix = parts[4]!;
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { address, first, last: first + size - 1, prefix };
}

/** `10.0.0.0/16`, with the host bits cleared. */
export function formatIpv4Range({ first, prefix }: Ipv4Range): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${prefix}`;
}

/** Whether `outer` holds all of `inner`. */
export function containsRange(outer: Ipv4Range, inner: Ipv4Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether two ranges have an address in common. */
export function rangesOverlap(a: Ipv4Range, b: Ipv4Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}
