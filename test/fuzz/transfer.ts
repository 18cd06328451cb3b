import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** How an answer's end is marked. */
export const framing = fc.oneof(
  { weight: 14, arbitrary: fc.constantFrom('length', 'chunks') },
  { weight: 1, arbitrary: fc.constantFrom('cutLength', 'cutChunks') },
);

/** What happens to bytes in transit. */
export const damage: fc.Arbitrary<(body: Buffer) => Buffer> = fc.oneof(
  { weight: 20, arbitrary: fc.constant((body: Buffer) => body) },
  { weight: 1, arbitrary: fc.nat(400).map((length) => (body: Buffer) => body.subarray(0, length)) },
  { weight: 1, arbitrary: fc.constant((body: Buffer) => Buffer.concat([Buffer.from('\ufeff'), body])) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.nat(400),
        fc.constantFrom([0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x00]),
      )
      .map(([at, bytes]) => (body: Buffer) => {
        return Buffer.concat([body.subarray(0, at), Buffer.from(bytes), body.subarray(at)]);
      }),
  },
);

const asItIs = (body: Buffer): Buffer => body;

/** Compression, declared correctly or not. */
export const encoding = fc.oneof(
  { weight: 20, arbitrary: fc.constant({ name: '', encode: asItIs }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { name: 'gzip', encode: (body: Buffer): Buffer => gzipSync(body) },
      { name: 'deflate', encode: (body: Buffer): Buffer => deflateSync(body) },
      { name: 'br', encode: (body: Buffer): Buffer => brotliCompressSync(body) },
      { name: 'gzip', encode: (body: Buffer): Buffer => gzipSync(body).subarray(0, 25) },
      { name: 'gzip', encode: asItIs },
      { name: 'deflate', encode: asItIs },
      { name: 'br', encode: asItIs },
      { name: 'made-up', encode: asItIs },
    ),
  },
);
