import { createServer } from 'node:net';
import { HangarError } from '../../src/errors/HangarError.js';

const lowest = 20_000;
const highest = 32_000;
const given = new Set<number>();

/**
 * A TCP port of 127.0.0.1 that nobody listens on, for a program that must be told its port.
 * Below the range from which systems take ports for outgoing connections (from 32768 on Linux), so that none of those
 * takes it before the program does; never given twice by one process.
 * @throws HGR-804 when a hundred tries find none
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (given.has(port) || !(await canListen(port))) continue;
    given.add(port);
    return port;
  }
  throw new HangarError('HGR-804', `No free port between ${lowest} and ${highest}`, {
    next: 'Stop programs that listen on many ports',
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
