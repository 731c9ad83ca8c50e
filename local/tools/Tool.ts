import type { Source } from './sources/Source.js';

export const toolNames = [
  'terraform',
  'terraform-provider-aws',
  'helm',
  'kubectl',
  'temporal',
  'moto',
  'go',
  'kwok',
  'control-plane',
  'checkov',
  'tflint',
] as const;

export type ToolName = (typeof toolNames)[number];

/** Where each tool is: a program, or the folder of a terraform provider mirror. */
export type ToolPaths = Record<ToolName, string>;

/** One row of the tools table. */
export interface Tool {
  readonly name: ToolName;
  /** What is installed where none is found. */
  readonly version: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** How to recognise one that is already on the machine; absent where only our own will do. */
  readonly existing?: ExistingTool;
  /** Tried in this order. */
  readonly sources: readonly Source[];
  /** The program, or folder, inside the folder a source installs to. */
  readonly path: string;
  /** Tools that its sources need. */
  readonly needs?: readonly ToolName[];
  /** Part of the version besides the table's: a hash of what is built and by what. */
  readonly fingerprint?: (tools: Partial<ToolPaths>) => Promise<string>;
  /** Only for checks of the repository: not set up for the demo. */
  readonly checksOnly?: true;
}

/** How an existing tool is found and judged. */
export interface ExistingTool {
  /** File names on the PATH or absolute paths, tried in this order. */
  readonly candidates: () => readonly string[];
  /** Arguments that make it tell its version; absent: its being there is enough. */
  readonly versionArguments?: readonly string[];
  /** The version in what it prints, in the first group. */
  readonly versionPattern?: RegExp;
  /** Whether that version will do, as a sentence for people: `1.11 or later`. */
  readonly accepts?: { readonly text: string; readonly test: (version: string) => boolean };
}

/** What an installation tells while it goes on. */
export interface ToolProgress {
  readonly tool: ToolName;
  readonly message: string;
  /** From 0 to 1, where it is known. */
  readonly fraction?: number;
}
