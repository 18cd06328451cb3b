import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { SECRET_MARKER } from '../sandbox/secretMarker.ts';
import { hostileText } from './hostile.ts';
import { type Json, objectOf } from './json.ts';
import { secret } from './wire.ts';

/** `details` of a Connect error: of the types that this product reads, and others; valid or not. */
export function errorDetails(text: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  const retry = fc.tuple(fc.constant('google.rpc.RetryInfo'), retryInfo);
  const actionable = fc.tuple(fc.constant('gitpod.v1.ActionableErrorDetails'), actionableErrorDetails(text));
  const broken = fc.tuple(
    fc.oneof(fc.constantFrom('google.rpc.RetryInfo', 'gitpod.v1.ActionableErrorDetails'), text),
    fc.oneof(retryInfo, fc.uint8Array({ maxLength: 24 }), fc.constantFrom(...hostileBytes)),
  );
  const debug = fc.tuple(text, secret).map(([userMessage, hidden]) => objectOf({ userMessage, hidden }));
  const detail = fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: retry },
        { weight: 4, arbitrary: actionable },
        { weight: 1, arbitrary: broken },
      ),
      transcription,
      fc.option(debug, { nil: undefined }),
    )
    .map(([[type, bytes], transcribe, debug]) => objectOf({ type, value: transcribe(bytes), debug }));
  return fc.array<Json>(detail, { maxLength: 3 });
}

/** Base64 of the bytes; rarely unpadded, truncated or invalid. */
const transcription = fc.oneof<fc.WeightedArbitrary<(bytes: Uint8Array) => string>[]>(
  { weight: 8, arbitrary: fc.constant(base64) },
  { weight: 1, arbitrary: fc.constant((bytes) => base64(bytes).replaceAll('=', '')) },
  { weight: 1, arbitrary: fc.nat(40).map((length) => (bytes) => base64(bytes.subarray(0, length))) },
  { weight: 1, arbitrary: hostileText.map((text) => () => text) },
);

/** `RetryInfo { Duration retry_delay = 1 }`, `Duration { int64 seconds = 1; int32 nanos = 2 }` */
const retryInfo: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.oneof(fc.constantFrom(0n, 1n, 60n, -1n), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    fc.oneof(fc.constant(0), fc.integer()),
  )
  .map(([seconds, nanos]) =>
    messageOf((writer) =>
      field(
        writer,
        1,
        messageOf((duration) => {
          duration.tag(1, WireType.Varint).int64(seconds);
          duration.tag(2, WireType.Varint).int32(nanos);
        }),
      ),
    ),
  );

/**
 * `ActionableErrorDetails { error_code = 1; user_message = 2; metadata = 3; repeated ErrorAction actions = 4 }`,
 * `ErrorAction { action_id = 1; label = 2; dashboard_path = 3; external_url = 4 }`
 */
function actionableErrorDetails(text: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const path = fc.oneof(
    fc.constantFrom('/settings/git', '//evil.invalid/x', '/\\evil.invalid', '/%2e%2e/x', '\t/x'),
    text.map((suffix) => `/settings/${suffix}`),
    text,
  );
  const url = fc.oneof(
    fc.constantFrom(
      'https://ona.com/docs',
      'http://evil.invalid',
      'javascript:alert(1)',
      'https://a:b@c.invalid',
    ),
    text.map((suffix) => `https://ona.com/${suffix}`),
    text.map((host) => `https://${host}.invalid/`),
    text,
  );
  const action = fc.tuple(text, path, url);
  return fc.tuple(text, fc.array(action, { maxLength: 4 })).map(([message, actions]) =>
    messageOf((writer) => {
      field(writer, 2, message);
      field(writer, 3, SECRET_MARKER);
      for (const [label, dashboardPath, externalUrl] of actions) {
        const bytes = messageOf((action) => {
          field(action, 2, label);
          field(action, 3, dashboardPath);
          field(action, 4, externalUrl);
        });
        field(writer, 4, bytes);
      }
    }),
  );
}

/** Nested groups, a length beyond the end, a field without a number, a number without an end. */
const hostileBytes: readonly Uint8Array[] = [
  Buffer.alloc(20_000, 0x0b),
  Buffer.from([0x12, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x61]),
  Buffer.from([0x00, 0x01]),
  Buffer.alloc(11, 0xff),
  Buffer.from([0x12, 0x02, 0xc3, 0x28]),
  Buffer.from([0x12, 0x03, 0xed, 0xa0, 0x80]),
];

function messageOf(write: (writer: BinaryWriter) => void): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}

function field(writer: BinaryWriter, no: number, value: string | Uint8Array): void {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  writer.tag(no, WireType.LengthDelimited).bytes(bytes);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
