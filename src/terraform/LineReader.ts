import { type FileHandle, open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

const chunkBytes = 64 * 1024;

/**
 * Reads lines from a file that another process is still writing. Holds one chunk and one unfinished line;
 * what a line has beyond `maxLineLength` characters is dropped.
 */
export class LineReader {
  readonly #path: string;
  readonly #maxLineLength: number;
  readonly #decoder = new StringDecoder('utf8');
  readonly #buffer = Buffer.allocUnsafe(chunkBytes);
  #file: FileHandle | undefined;
  #position = 0;
  #line = '';

  constructor(path: string, maxLineLength = 64 * 1024) {
    this.#path = path;
    this.#maxLineLength = maxLineLength;
  }

  /** Gives every line that has ended since the last call. Tolerates that the file is not there yet. */
  async read(onLine: (line: string) => void): Promise<void> {
    this.#file ??= await open(this.#path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!this.#file) return;
    for (;;) {
      const { bytesRead } = await this.#file.read(this.#buffer, 0, chunkBytes, this.#position);
      if (bytesRead === 0) return;
      this.#position += bytesRead;
      this.#take(this.#decoder.write(this.#buffer.subarray(0, bytesRead)), onLine);
    }
  }

  /** Gives the rest, ended or not, and closes the file. */
  async close(onLine: (line: string) => void): Promise<void> {
    await this.read(onLine);
    if (this.#line) onLine(this.#line);
    this.#line = '';
    await this.#file?.close();
    this.#file = undefined;
  }

  #take(text: string, onLine: (line: string) => void): void {
    const parts = text.split('\n');
    const rest = parts.pop() ?? '';
    for (const part of parts) {
      this.#append(part);
      onLine(this.#line);
      this.#line = '';
    }
    this.#append(rest);
  }

  #append(text: string): void {
    if (this.#line.length < this.#maxLineLength) this.#line += text.slice(0, this.#maxLineLength - this.#line.length);
  }
}
