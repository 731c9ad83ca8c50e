import type { ToolPaths } from '../Tool.js';

/** What a source gets to work with. */
export interface Installation {
  /** An empty folder on the cache's disk; what is in it afterwards is the tool. */
  readonly folder: string;
  /** The tools that the table says it needs. */
  readonly tools: Partial<ToolPaths>;
  /** Tells what goes on; `fraction` from 0 to 1. */
  report(message: string, fraction?: number): void;
}

/** One way to get a tool. */
export interface Source {
  /** In a few words, for people: `npm package x 1.2.3`. */
  readonly description: string;
  /** Platforms it serves, as `linux-x64`; absent: all. */
  readonly platforms?: readonly string[];
  /** @throws anything when it cannot be had from here; the next source is tried then */
  install(installation: Installation): Promise<void>;
}
