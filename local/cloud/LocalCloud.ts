/** What of the local cloud can be left out: `kubernetes` is what gives EKS clusters a real control plane, and needs `aws`. */
export const cloudParts = ['temporal', 'aws', 'kubernetes'] as const;
export type CloudPart = (typeof cloudParts)[number];

/** One thing that runs, for people to read. */
export interface PartStatus {
  readonly name: string;
  /** `real`: the very program that runs in production; `stand-in`: something of ours or an emulator in its place. */
  readonly kind: 'real' | 'stand-in';
  /** What it is and what it does not do. */
  readonly what: string;
  readonly address?: string;
  readonly log?: string;
}

/** A running local cloud. */
export interface LocalCloud {
  /** Its folder: logs, cluster data, process records. */
  readonly dir: string;
  /** The settings that point Hangar, terraform and the AWS SDKs at it: exactly what a person would export. */
  readonly env: Readonly<Record<string, string>>;
  readonly parts: readonly PartStatus[];
  /** Ends all of it. */
  stop(): Promise<void>;
}
