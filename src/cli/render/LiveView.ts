import type { Terminal } from '../Terminal.js';

/** Lines of a terminal that are drawn over again in place. */
export class LiveView {
  private readonly terminal: Terminal;
  private drawn = 0;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** Draws the lines where the last ones were. They must not be wider or more than the terminal. */
  draw(lines: readonly string[]): void {
    // Up to where the last drawing began, then clear to the end of the screen: one write, so that nothing flickers.
    const back = this.drawn > 0 ? `\u001b[${this.drawn}A\r\u001b[J` : '';
    this.terminal.out(`${back}${lines.map((line) => `${line}\n`).join('')}`);
    this.drawn = lines.length;
  }

  /** Leaves what is drawn where it is; the next drawing goes below. */
  leave(): void {
    this.drawn = 0;
  }
}
