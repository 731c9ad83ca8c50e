import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutAnswer, readQuestion, recordTypes, writeAnswer } from '../../../local/dns/dnsMessage.js';

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
const domain = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));

function query(name: string, type: number, id = 0x1234): Buffer {
  const header = Buffer.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  const labels = name.split('.').map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]));
  return Buffer.concat([header, ...labels, Buffer.from([0, type >> 8, type & 255, 0, 1])]);
}

test('a question is read as it was written', () => {
  fc.assert(
    fc.property(domain, fc.constantFrom(...Object.values(recordTypes)), fc.nat(65535), (name, type, id) => {
      expect(readQuestion(query(name, type, id))).toMatchObject({ id, name, type });
    }),
  );
});

test('what is no question is refused, whatever it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const message = Buffer.from(bytes);
      try {
        readQuestion(message);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});

test('an answer repeats the question and carries addresses', () => {
  const question = readQuestion(query('a.example.com', recordTypes.A));
  const answer = writeAnswer(question, 0, [{ name: 'a.example.com', type: 'A', ttl: 60, value: '127.77.1.2' }]);
  expect(answer.readUInt16BE(0)).toBe(0x1234);
  expect(answer.readUInt16BE(2)).toBe(0x8500);
  expect(answer.readUInt16BE(6)).toBe(1);
  expect([...answer.subarray(-6)]).toEqual([0, 4, 127, 77, 1, 2]);
});

test('a cut answer has no records and says that it was cut', () => {
  const question = readQuestion(query('a.example.com', recordTypes.A));
  const records = Array.from({ length: 40 }, (_, index) => ({
    name: 'a.example.com',
    type: 'A' as const,
    ttl: 60,
    value: `10.0.0.${index}`,
  }));
  const cut = cutAnswer(writeAnswer(question, 0, records), question);
  expect(cut.readUInt16BE(2) & 0x0200).toBe(0x0200);
  expect(cut.readUInt16BE(6)).toBe(0);
  expect(readQuestion(cut)).toMatchObject({ name: 'a.example.com' });
});
