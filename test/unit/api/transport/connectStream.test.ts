import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { accept, endOf, envelope } from './streamServer.ts';
import { KEEP_ALIVE, StreamWorld, UPDATE } from './streamWorld.ts';

describe('a stream', () => {
  const world = new StreamWorld();

  afterEach(() => world.close());

  it('asks for what happens to runners, integrations and sign-ins of the organization', async () => {
    await world.watch((response) => {
      accept(response);
      response.end(endOf());
    });
    const [body = Buffer.alloc(0)] = world.server.bodies;
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
    const [headers] = world.server.headers;
    assert.equal(headers?.['content-type'], 'application/connect+json');
    assert.equal(headers['accept-encoding'], 'identity');
    assert.equal(headers['connect-protocol-version'], '1');
    assert.equal(headers.authorization, 'Bearer stream-api-key');
  });

  it('delivers each event as it arrives, with defaults filled in, and ends when the API ends it', async () => {
    const { events, failure, opened } = await world.watch(
      (response) => {
        accept(response);
        response.write(envelope(UPDATE));
        response.write(envelope({}));
      },
      // The server waits until the client has both.
      {
        onEvent: ({ resourceId }) => {
          if (resourceId === '') {
            world.server.finish(endOf());
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
    const { events, failure } = await world.watch((response) => {
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

  it('skips what it cannot read, and logs once what that is', async () => {
    const { events, lines } = await world.watch((response) => {
      accept(response);
      const unreadable = [{ resourceId: 7 }, { resourceId: 8 }, { resourceType: [] }];
      response.end(Buffer.concat([...[...unreadable, UPDATE].map((event) => envelope(event)), endOf()]));
    });
    assert.deepEqual(events, [UPDATE]);
    const logged = lines.flatMap((line) => /resource\w+ is not/.exec(line) ?? []);
    assert.deepEqual(logged, ['resourceId is not', 'resourceType is not']);
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
        const { failure, events } = await world.watch((response) => {
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
      const fromDetails = await world.watch((response) => {
        accept(response);
        response.end(endOf({ ...error, details }));
      });
      assert.equal(fromDetails.failure?.retryAfterMs, 2000);
      const fromTrailers = await world.watch((response) => {
        accept(response);
        response.end(endOf(error, { 'RateLimit-RetryAfter': ['7'] }));
      });
      assert.equal(fromTrailers.failure?.retryAfterMs, 7000);
    });

    it('one without a code', async () => {
      const { failure } = await world.watch((response) => {
        accept(response);
        response.end(endOf({ message: 'what?' }));
      });
      assert.deepEqual([failure?.problem, failure?.code], ['unexpectedAnswer', 'unknown']);
    });
  });

  it('that the API refuses with an HTTP status names its error', async () => {
    const { failure, opened } = await world.watch((response) => {
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end(JSON.stringify({ code: 'unauthenticated', message: 'no' }));
    });
    assert.deepEqual([failure?.problem, failure?.httpStatus], ['keyRefused', 401]);
    assert.equal(opened, 0);
  });

  it('keeps nothing of a signal that outlives it', async () => {
    const { signal } = new AbortController();
    await world.watch(
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
    const followed = await world.watch(answer, { mayRedirectTo: () => true });
    assert.equal(followed.events.length, 1);
    assert.equal(world.server.headers[1]?.authorization, 'Bearer stream-api-key');
    const refused = await world.watch(answer);
    assert.equal(refused.failure?.problem, 'redirected');
    assert.equal(world.server.headers.length, 1);
  });

  it('never shows the key, even if the API echoes it', async () => {
    const apiKey = 'planted-stream-key';
    const { failure, events, lines } = await world.watch(
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
