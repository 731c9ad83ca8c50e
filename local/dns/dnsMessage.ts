/** Record types that are answered; https://www.iana.org/assignments/dns-parameters */
export const recordTypes = { A: 1, NS: 2, CNAME: 5, SOA: 6, TXT: 16, AAAA: 28 } as const;

/** https://datatracker.ietf.org/doc/html/rfc1035#section-4.1.1 */
export const responseCodes = { ok: 0, formatError: 1, serverFailure: 2, noSuchName: 3, refused: 5 } as const;

export interface DnsQuestion {
  readonly id: number;
  readonly flags: number;
  /** Lower case, without the last dot. */
  readonly name: string;
  readonly type: number;
  /** The question section as it came, to be sent back. */
  readonly bytes: Buffer;
}

export interface DnsRecord {
  readonly name: string;
  readonly type: 'A' | 'CNAME' | 'TXT' | 'NS';
  readonly ttl: number;
  readonly value: string;
}

const headerLength = 12;
/** An answer that is longer than this goes over TCP; https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.4 */
export const udpLimit = 512;

/** Reads a query's header and its one question. @throws RangeError on anything else */
export function readQuestion(message: Buffer): DnsQuestion {
  if (message.length < headerLength || message.readUInt16BE(4) !== 1) throw new RangeError('not one question');
  const labels: string[] = [];
  let at = headerLength;
  for (;;) {
    const length = message.readUInt8(at);
    at += 1;
    if (length === 0) break;
    if (length > 63) throw new RangeError('a compressed name in a question');
    labels.push(message.toString('latin1', at, at + length).toLowerCase());
    at += length;
  }
  const type = message.readUInt16BE(at);
  return {
    id: message.readUInt16BE(0),
    flags: message.readUInt16BE(2),
    name: labels.join('.'),
    type,
    bytes: message.subarray(headerLength, at + 4),
  };
}

/** An authoritative answer. */
export function writeAnswer(question: DnsQuestion, code: number, records: readonly DnsRecord[]): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt16BE(question.id, 0);
  // Response, authoritative, and whether recursion was asked for.
  header.writeUInt16BE(0x8400 | (question.flags & 0x0100) | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question.bytes, ...records.map(writeRecord)]);
}

/** The same answer without records, marked as cut: the client asks again over TCP. */
export function cutAnswer(answer: Buffer, question: DnsQuestion): Buffer {
  const cut = Buffer.from(answer.subarray(0, headerLength + question.bytes.length));
  cut.writeUInt16BE(cut.readUInt16BE(2) | 0x0200, 2);
  cut.writeUInt16BE(0, 6);
  return cut;
}

function writeRecord({ name, type, ttl, value }: DnsRecord): Buffer {
  const data = writeData(type, value);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(recordTypes[type], 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([writeName(name), fixed, data]);
}

function writeData(type: DnsRecord['type'], value: string): Buffer {
  if (type === 'A') return Buffer.from(value.split('.').map(Number));
  if (type !== 'TXT') return writeName(value);
  const text = Buffer.from(value.replace(/^"|"$/g, ''), 'utf8').subarray(0, 255);
  return Buffer.concat([Buffer.from([text.length]), text]);
}

function writeName(name: string): Buffer {
  const labels = name.replace(/\.$/, '').split('.').filter(Boolean);
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ]);
}
