import assert from 'node:assert/strict';
import fc from 'fast-check';
import { enveloped, EnvelopeReader, MalformedEnvelope } from '../../../../src/api/transport/envelopes.ts';
import { envelope } from './streamServer.ts';

/** What a reader makes of bytes that arrive in pieces of these sizes. */
function read(bytes: Buffer, sizes: readonly number[]): string[] {
  const reader = new EnvelopeReader();
  const texts: string[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    for (const { body, isEnd } of reader.read(bytes.subarray(at, at + size))) {
      texts.push(`${isEnd ? 'end ' : ''}${body.toString()}`);
    }
    at += size;
  }
  assert.equal(reader.isInside, false);
  return texts;
}

describe('envelopes', () => {
  it('are read wherever the stream is split, however many arrive at once', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), fc.array(fc.nat(12)), (texts, sizes) => {
        const bytes = Buffer.concat([...texts.map((text) => envelope(text)), envelope('{}', 2)]);
        assert.deepEqual(read(bytes, sizes), [...texts, 'end {}']);
      }),
      { numRuns: 1000 },
    );
  });

  it('are read byte by byte, also if a message is empty', () => {
    const bytes = Buffer.concat([envelope(''), envelope('{"a":1}')]);
    assert.deepEqual(
      read(
        bytes,
        Array.from(bytes, () => 1),
      ),
      ['', '{"a":1}'],
    );
  });

  it('are written as they are read', () => {
    assert.deepEqual(read(enveloped('{"organization":true}'), []), ['{"organization":true}']);
    assert.deepEqual(enveloped('ü'), Buffer.from([0, 0, 0, 0, 2, 0xc3, 0xbc]));
  });

  it('that announce a gigabyte are refused before it arrives', () => {
    const prefix = Buffer.from([0, 0x40, 0, 0, 0]);
    assert.throws(() => [...new EnvelopeReader().read(prefix)], MalformedEnvelope);
  });

  it('with unknown flags are refused: a page may have been sent instead', () => {
    assert.throws(() => [...new EnvelopeReader().read(Buffer.from('<html>'))], MalformedEnvelope);
  });

  it('that are not complete are noticed', () => {
    const reader = new EnvelopeReader();
    assert.deepEqual([...reader.read(envelope('{}').subarray(0, 6))], []);
    assert.equal(reader.isInside, true);
  });
});
