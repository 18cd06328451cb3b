import fc from 'fast-check';
import { CONNECT_CODES } from '../../src/api/transport/errorCodes.ts';
import { WatchEventsResponseSchema } from '../sandbox/gen/gitpod/v1/event_pb.js';
import {
  type Answer,
  anyText,
  errors,
  type Exchange,
  headers,
  pages,
  printable,
  redirects,
} from './answers.ts';
import { errorDetails } from './details.ts';
import { hostileJson } from './hostile.ts';
import { type Json, objectOf, toText } from './json.ts';
import { mutate, mutation } from './mutation.ts';
import { damage, framing } from './transfer.ts';
import { message } from './wire.ts';

/** A server's answers to the request for a stream, from what the API sends to what no server should. */
export function streamExchanges(echo?: fc.Arbitrary<string>): fc.Arbitrary<Exchange> {
  const text = anyText(echo);
  const answer = fc.oneof(
    { weight: 12, arbitrary: streams(text) },
    { weight: 2, arbitrary: errors(text) },
    { weight: 2, arbitrary: redirects(text) },
    { weight: 1, arbitrary: pages(text) },
  );
  return fc.record({
    answers: fc.array(answer, { minLength: 1, maxLength: 3 }),
    thenRepeats: fc.boolean(),
  });
}

function streams(text: fc.Arbitrary<string>): fc.Arbitrary<Answer> {
  const json = fc.oneof(
    { weight: 6, arbitrary: message(WatchEventsResponseSchema, text) },
    { weight: 1, arbitrary: hostileJson },
  );
  const some = fc.record({ root: json, mutations: fc.array(mutation, { maxLength: 1 }), flags });
  return fc
    .record({
      messages: fc.array(some, { maxLength: 4 }),
      end: fc.option(endOf(text), { nil: undefined, freq: 4 }),
      headers: headers(text),
      damage,
      framing,
    })
    .map(({ messages, end, headers, damage, framing }) => {
      const envelopes = messages.map(({ root, mutations, flags }) => {
        return envelope(
          mutate(root, mutations)
            .map((one) => toText(one, 'plain'))
            .join(''),
          flags,
        );
      });
      const last = end === undefined ? [] : [envelope(toText(end, 'plain'), 2)];
      return printable({
        status: 200,
        headers: { ...headers, 'Content-Type': 'application/connect+json' },
        body: damage(Buffer.concat([...envelopes, ...last])),
        framing,
      });
    });
}

const flags = fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, fc.constantFrom(1, 2, 3, 4, 0xff));

/** The last message of a stream. */
function endOf(text: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  const error = fc
    .record({
      code: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...CONNECT_CODES) }, text),
      message: fc.option(text, { nil: undefined }),
      details: fc.option(errorDetails(text), { nil: undefined }),
    })
    .map(objectOf);
  const metadata = fc.oneof(
    fc.constantFrom<Json>(objectOf({ 'ratelimit-retryafter': ['7'] }), objectOf({ 'Retry-After': 7 })),
    hostileJson,
  );
  return fc
    .record({
      error: fc.option(fc.oneof({ weight: 6, arbitrary: error }, hostileJson), {
        nil: undefined,
        freq: 2,
      }),
      metadata: fc.option(metadata, { nil: undefined }),
    })
    .map(objectOf);
}

function envelope(body: string, flags: number): Buffer {
  const bytes = Buffer.from(body);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(flags);
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
}
