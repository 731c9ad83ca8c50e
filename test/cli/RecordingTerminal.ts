import type { Terminal } from '../../src/cli/Terminal.js';

/** A terminal that keeps what is printed and answers questions with what the test says. */
export class RecordingTerminal implements Terminal {
  stdout = '';
  stderr = '';
  readonly color = false;
  readonly columns = 100;
  readonly rows = 40;
  readonly drawable: boolean;
  readonly interactive: boolean;
  readonly questions: string[] = [];
  private readonly answer: string;

  constructor({ interactive = false, drawable = false, answer = '' } = {}) {
    this.interactive = interactive;
    this.drawable = drawable;
    this.answer = answer;
  }

  out(text: string): void {
    this.stdout += text;
  }

  err(text: string): void {
    this.stderr += text;
  }

  async ask(question: string): Promise<string> {
    this.questions.push(question);
    return this.answer;
  }
}
