import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

interface DownloadOptions {
  /** SHA-256 in hexadecimal that the file must have. */
  readonly sha256: string;
  report(message: string, fraction?: number): void;
}

/** A source that sends nothing for so long is taken for dead. */
const silenceMs = 30_000;

/**
 * Downloads a file, hashing it on the way.
 * @throws Error when the source cannot be reached, answers anything but 200, falls silent, or the checksum differs
 */
export async function downloadFile(url: string, file: string, { sha256, report }: DownloadOptions): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silenceMs);
  };
  try {
    const response = await fetch(url, { signal: silence.signal });
    if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0);
    const hash = createHash('sha256');
    let received = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        heard();
        hash.update(chunk);
        received += chunk.length;
        report(`downloaded ${megabytes(received)} MB`, total > 0 ? received / total : undefined);
        done(null, chunk);
      },
    });
    await pipeline(response.body, measure, createWriteStream(file));
    const actual = hash.digest('hex');
    if (actual !== sha256) throw new Error(`${url} has SHA-256 ${actual}, not ${sha256}`);
  } catch (error) {
    if (silence.signal.aborted) throw new Error(`${url} sent nothing for ${silenceMs / 1000} s`);
    throw new Error(reason(error));
  } finally {
    clearTimeout(timer);
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

/** fetch says only `fetch failed`; why is in the cause. */
function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
