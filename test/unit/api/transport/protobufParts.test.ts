import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { applicationOptions } from '../../../../bundles.ts';
import * as errorDetails from '../../../../src/api/transport/errorDetails.ts';
import { actionableError, type ErrorDetail, retryInfo } from '../../../sandbox/errorDetails.ts';

/** A `RetryInfo` with these bytes in its duration. */
const retryAfter = (...duration: number[]): ErrorDetail => ({
  type: 'google.rpc.RetryInfo',
  value: Buffer.from([0x0a, duration.length, ...duration]).toString('base64'),
});

describe('@bufbuild/protobuf as it is bundled', () => {
  let folder: string;
  let bundled: typeof errorDetails;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-bundled-'));
    const outfile = join(folder, 'errorDetails.mjs');
    await esbuild.build({
      ...applicationOptions,
      entryPoints: ['src/api/transport/errorDetails.ts'],
      outfile,
    });
    bundled = (await import(pathToFileURL(outfile).href)) as typeof errorDetails;
  });

  after(() => rm(folder, { recursive: true }));

  const cases: Readonly<Record<string, ErrorDetail>> = {
    'a time to wait': retryInfo(2500),
    'a time in the past': retryInfo(-2000),
    // Seconds, in groups of seven bits.
    'a time of more than 32 bits': retryAfter(0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01),
    'a time with its lower 32 bits set': retryAfter(0x08, 0xff, 0xff, 0xff, 0xff, 0x1f),
    'a time that is cut off': retryAfter(0x08, 0x80),
    advice: actionableError({
      errorCode: 'E1',
      userMessage: '\ufeffGröße ändern: 😀',
      metadata: { a: 'b' },
      actions: [{ label: 'Öffnen', externalUrl: 'https://docs.example/size' }],
    }),
    'fields of other types': {
      type: 'gitpod.v1.ActionableErrorDetails',
      // A group, a fixed64, a fixed32, and then the message.
      value: Buffer.from('0b10010c490102030405060708150102030412024f6b', 'hex').toString('base64'),
    },
  };
  for (const [name, detail] of Object.entries(cases)) {
    it(`reads ${name} as the whole library does`, () => {
      const read = (module: typeof errorDetails) =>
        module.readErrorDetails([detail], 'https://ona.acme.example', (text) => text);
      assert.deepEqual(read(bundled), read(errorDetails));
    });
  }
});
