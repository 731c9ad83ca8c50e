/** Takes the demo's wall times. */
export class DemoClock {
  readonly #seconds = new Map<string, number>();

  async time<T>(what: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#seconds.set(what, (performance.now() - start) / 1000);
    }
  }

  /** One line a measurement, in the order taken. */
  table(): string {
    return [...this.#seconds].map(([what, s]) => `${what.padEnd(24)}${s.toFixed(1).padStart(8)} s`).join('\n');
  }
}
