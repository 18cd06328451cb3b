import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { ResourceEvent } from '../../../../src/api/events.ts';
import type { OnaApiError } from '../../../../src/api/transport/errors.ts';
import { clientOf } from '../testClient.ts';
import { accept, endOf, envelope, startStreamServer, type StreamServer } from './streamServer.ts';

const RUNNER = '0198a1d2-0000-7000-8000-000000000001';
const UPDATE = {
  operation: 'RESOURCE_OPERATION_UPDATE',
  resourceType: 'RESOURCE_TYPE_RUNNER',
  resourceId: RUNNER,
};
const KEEP_ALIVE = { operation: 'RESOURCE_OPERATION_UNSPECIFIED', resourceType: 'RESOURCE_TYPE_UNSPECIFIED' };

describe('a stream', () => {
  let server: StreamServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** The events of a stream until it ends, and why it did; with options to look at it while it runs. */
  async function watch(
    answer: (response: ServerResponse, request: IncomingMessage) => void,
    {
      apiKey = 'stream-api-key',
      isKnownApi = true,
      silenceMs = 60_000,
      signal = new AbortController().signal,
      onEvent = () => undefined,
      mayRedirectTo = () => false,
    }: {
      apiKey?: string;
      isKnownApi?: boolean;
      silenceMs?: number;
      signal?: AbortSignal;
      onEvent?: (event: ResourceEvent) => void;
      mayRedirectTo?: (target: URL) => boolean;
    } = {},
  ) {
    server = await startStreamServer(answer);
    const { client, lines } = clientOf({ url: server.url, apiKey }, { isKnownApi, mayRedirectTo });
    const events: ResourceEvent[] = [];
    let opened = 0;
    const run = async () => {
      for await (const event of client.watchEvents({ signal, silenceMs, onOpen: () => opened++ })) {
        events.push(event);
        onEvent(event);
      }
    };
    let failure: OnaApiError | undefined;
    await run().catch((error: unknown) => {
      failure = error as OnaApiError;
      assert.equal(failure.name, 'OnaApiError');
    });
    return { events, failure, lines, opened };
  }

  it('asks for what happens to runners, integrations and sign-ins of the organization', async () => {
    await watch((response) => {
      accept(response);
      response.end(endOf());
    });
    const [body = Buffer.alloc(0)] = server?.bodies ?? [];
    assert.equal(body.readUInt8(), 0);
    assert.equal(body.readUInt32BE(1), body.length - 5);
    assert.deepEqual(JSON.parse(body.subarray(5).toString()), {
      organization: true,
      resourceTypeFilters: [
        { resourceType: 'RESOURCE_TYPE_RUNNER' },
        { resourceType: 'RESOURCE_TYPE_RUNNER_SCM_INTEGRATION' },
        { resourceType: 'RESOURCE_TYPE_HOST_AUTHENTICATION_TOKEN' },
      ],
    });
    const [headers] = server?.headers ?? [];
    assert.equal(headers?.['content-type'], 'application/connect+json');
    assert.equal(headers['accept-encoding'], 'identity');
    assert.equal(headers['connect-protocol-version'], '1');
    assert.equal(headers.authorization, 'Bearer stream-api-key');
  });

  it('delivers each event as it arrives, with defaults filled in, and ends when the API ends it', async () => {
    const { events, failure, opened } = await watch(
      (response) => {
        accept(response);
        response.write(envelope(UPDATE));
        response.write(envelope({}));
      },
      // The server waits until the client has both.
      {
        onEvent: ({ resourceId }) => {
          if (resourceId === '') {
            server?.finish(endOf());
          }
        },
      },
    );
    assert.deepEqual(events, [UPDATE, { ...KEEP_ALIVE, resourceId: '' }]);
    assert.equal(failure, undefined);
    assert.equal(opened, 1);
  });

  it('whose events are split and joined by the network delivers all of them', async () => {
    const bytes = Buffer.concat([envelope(UPDATE), envelope(UPDATE), envelope(KEEP_ALIVE), endOf()]);
    const { events, failure } = await watch((response) => {
      accept(response);
      let at = 0;
      const next = () => {
        if (at === bytes.length) {
          response.end();
        } else {
          response.write(bytes.subarray(at, ++at), next);
        }
      };
      next();
    });
    assert.equal(events.length, 3);
    assert.equal(failure, undefined);
  });

  it('skips what it cannot read, and logs that', async () => {
    const { events, lines } = await watch((response) => {
      accept(response);
      response.end(Buffer.concat([envelope({ resourceId: 7 }), envelope(UPDATE), endOf()]));
    });
    assert.deepEqual(events, [UPDATE]);
    assert.ok(lines.some((line) => line.includes('resourceId is not')));
  });

  describe('that ends with an error names it:', () => {
    for (const [code, problem] of [
      ['permission_denied', 'noPermission'],
      ['unauthenticated', 'keyRefused'],
      ['unimplemented', 'refused'],
      ['not_found', 'refused'],
      ['internal', 'unavailable'],
      ['unavailable', 'unavailable'],
    ] as const) {
      it(code, async () => {
        const { failure, events } = await watch((response) => {
          accept(response);
          response.end(Buffer.concat([envelope(UPDATE), endOf({ code, message: 'not\nnow' })]));
        });
        assert.equal(events.length, 1);
        assert.equal(failure?.problem, problem);
        assert.equal(failure.code, code);
        assert.equal(failure.detail, 'not now');
      });
    }

    it('a limit, with the time to wait from the details or the trailers', async () => {
      const error = { code: 'resource_exhausted', message: 'slow down' };
      const details = [{ type: 'google.rpc.RetryInfo', value: 'CgIIAg==' }];
      const fromDetails = await watch((response) => {
        accept(response);
        response.end(endOf({ ...error, details }));
      });
      assert.equal(fromDetails.failure?.retryAfterMs, 2000);
      await server?.close();
      const fromTrailers = await watch((response) => {
        accept(response);
        response.end(endOf(error, { 'RateLimit-RetryAfter': ['7'] }));
      });
      assert.equal(fromTrailers.failure?.retryAfterMs, 7000);
    });

    it('one without a code', async () => {
      const { failure } = await watch((response) => {
        accept(response);
        response.end(endOf({ message: 'what?' }));
      });
      assert.deepEqual([failure?.problem, failure?.code], ['unexpectedAnswer', 'unknown']);
    });
  });

  it('that the API refuses with an HTTP status names its error', async () => {
    const { failure, opened } = await watch((response) => {
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end(JSON.stringify({ code: 'unauthenticated', message: 'no' }));
    });
    assert.deepEqual([failure?.problem, failure?.httpStatus], ['keyRefused', 401]);
    assert.equal(opened, 0);
  });

  for (const [what, headers, body] of [
    ['JSON', { 'content-type': 'application/json' }, '{}'],
    ['a page', { 'content-type': 'text/html' }, '<html>'],
    ['lines of JSON', { 'content-type': 'application/jsonl' }, `${JSON.stringify(UPDATE)}\n`],
    ['no type', {}, ''],
    [
      'a compressed stream',
      { 'content-type': 'application/connect+json', 'content-encoding': 'gzip' },
      gzipSync(envelope(UPDATE)),
    ],
  ] as const) {
    it(`is not what a 200 with ${what} is`, async () => {
      const { failure, opened, events } = await watch((response) => {
        response.writeHead(200, headers);
        // Left open: the client must not wait for the end.
        response.write(body);
      });
      assert.deepEqual([failure?.problem, failure?.code], ['intermediary', 'unimplemented']);
      assert.match(failure?.detail ?? '', /^the response is not a stream/);
      assert.equal(opened, 0);
      assert.deepEqual(events, []);
      await server?.closed;
    });
  }

  it('with a compressed message is refused clearly', async () => {
    const { failure } = await watch((response) => {
      accept(response);
      response.write(envelope(gzipSync('{}').toString('latin1'), 1));
    });
    assert.equal(failure?.problem, 'unexpectedAnswer');
    assert.match(failure.detail ?? '', /compressed/);
    await server?.closed;
  });

  for (const [where, bytes] of [
    ['between two messages', envelope(UPDATE)],
    ['inside a message', Buffer.concat([envelope(UPDATE), envelope(UPDATE).subarray(0, 20)])],
    ['inside a prefix', Buffer.concat([envelope(UPDATE), envelope(UPDATE).subarray(0, 3)])],
  ] as const) {
    it(`that is cut off ${where} is a lost connection, also if the bytes end properly`, async () => {
      const broken = await watch((response) => {
        accept(response);
        response.write(bytes, () => response.destroy());
      });
      assert.deepEqual([broken.failure?.problem, broken.events.length], ['connectionLost', 1]);
      await server?.close();
      const ended = await watch((response) => {
        accept(response);
        response.end(bytes);
      });
      assert.deepEqual([ended.failure?.problem, ended.events.length], ['connectionLost', 1]);
    });
  }

  it('with something that is not JSON ends with an error', async () => {
    for (const body of ['{', '[]', 'null', '"text"']) {
      const { failure } = await watch((response) => {
        accept(response);
        response.write(envelope(body));
      });
      assert.equal(failure?.problem, 'unexpectedAnswer', body);
      await server?.closed;
      await server?.close();
    }
  });

  it('that falls silent is dead, whether it had been opened or not', async () => {
    const opened = await watch(
      (response) => {
        accept(response);
        response.write(envelope(UPDATE));
      },
      { silenceMs: 50 },
    );
    assert.deepEqual([opened.failure?.problem, opened.failure?.code], ['timeout', 'deadline_exceeded']);
    assert.equal(opened.events.length, 1);
    await server?.closed;
    await server?.close();
    const held = await watch(() => undefined, { silenceMs: 50 });
    assert.equal(held.failure?.problem, 'timeout');
    assert.equal(held.opened, 0);
    await server?.closed;
  });

  it('that delivers only bytes, but no message, is silent', async () => {
    let timer: NodeJS.Timeout | undefined;
    const { failure } = await watch(
      (response) => {
        accept(response);
        response.write(Buffer.from([0, 0, 0, 1, 0]));
        timer = setInterval(() => response.write('x'), 5);
      },
      { silenceMs: 100 },
    );
    clearInterval(timer);
    assert.equal(failure?.problem, 'timeout');
  });

  describe('that is ended by the client', () => {
    for (const [when, answer] of [
      ['before there is a response', () => undefined],
      ['before there is a message', accept],
      [
        'between messages',
        (response: ServerResponse) => {
          accept(response);
          response.write(envelope(UPDATE));
        },
      ],
    ] as const) {
      it(`${when} closes its connection, and leaves nothing behind`, async () => {
        const over = new AbortController();
        let arrived: () => void = () => undefined;
        const requested = new Promise<void>((resolve) => (arrived = resolve));
        const watching = watch(
          (response) => {
            answer(response);
            arrived();
          },
          { signal: over.signal },
        );
        await requested;
        over.abort();
        const { failure } = await watching;
        assert.equal(failure?.problem, 'canceled');
        await server?.closed;
        assert.equal(getEventListeners(over.signal, 'abort').length, 0);
      });
    }

    it('before it is opened sends nothing', async () => {
      const { failure } = await watch(accept, { signal: AbortSignal.abort() });
      assert.equal(failure?.problem, 'canceled');
      assert.deepEqual(server?.bodies, []);
    });
  });

  it('keeps nothing of a signal that outlives it', async () => {
    const { signal } = new AbortController();
    await watch(
      (response) => {
        accept(response);
        response.end(endOf());
      },
      { signal },
    );
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('follows a redirect with the key only where that may go', async () => {
    const answer = (response: ServerResponse, { url = '' }: IncomingMessage) => {
      if (url.startsWith('/moved')) {
        accept(response);
        response.end(Buffer.concat([envelope(UPDATE), endOf()]));
      } else {
        response.writeHead(308, { location: `/moved${url}` }).end('moved');
      }
    };
    const followed = await watch(answer, { mayRedirectTo: () => true });
    assert.equal(followed.events.length, 1);
    assert.equal(server?.headers[1]?.authorization, 'Bearer stream-api-key');
    await server.close();
    const refused = await watch(answer);
    assert.equal(refused.failure?.problem, 'redirected');
    assert.equal(server.headers.length, 1);
  });

  it('never shows the key, even if the API echoes it', async () => {
    const apiKey = 'planted-stream-key';
    const { failure, events, lines } = await watch(
      (response) => {
        accept(response);
        const echo = { ...UPDATE, resourceId: apiKey };
        response.end(Buffer.concat([envelope(echo), endOf({ code: 'internal', message: `bad ${apiKey}` })]));
      },
      { apiKey },
    );
    assert.equal(failure?.code, 'internal');
    assert.doesNotMatch(JSON.stringify([failure, failure.message, events, lines]), /planted/);
  });
});
