import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { accept, envelope } from './streamServer.ts';
import { StreamWorld, UPDATE } from './streamWorld.ts';

describe('a stream', () => {
  const world = new StreamWorld();

  afterEach(() => world.close());

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
      const { failure, opened, events } = await world.watch((response) => {
        response.writeHead(200, headers);
        // Left open: the client must not wait for the end.
        response.write(body);
      });
      assert.deepEqual([failure?.problem, failure?.code], ['intermediary', 'unimplemented']);
      assert.match(failure?.detail ?? '', /^the response is not a stream/);
      assert.equal(opened, 0);
      assert.deepEqual(events, []);
      await world.server.closed;
    });
  }

  it('with a compressed message is refused clearly', async () => {
    const { failure } = await world.watch((response) => {
      accept(response);
      response.write(envelope(gzipSync('{}').toString('latin1'), 1));
    });
    assert.equal(failure?.problem, 'unexpectedAnswer');
    assert.match(failure.detail ?? '', /compressed/);
    await world.server.closed;
  });

  for (const [where, bytes] of [
    ['between two messages', envelope(UPDATE)],
    ['inside a message', Buffer.concat([envelope(UPDATE), envelope(UPDATE).subarray(0, 20)])],
    ['inside a prefix', Buffer.concat([envelope(UPDATE), envelope(UPDATE).subarray(0, 3)])],
  ] as const) {
    it(`that is cut off ${where} is a lost connection, also if the bytes end properly`, async () => {
      const broken = await world.watch((response) => {
        accept(response);
        response.write(bytes, () => response.destroy());
      });
      assert.deepEqual([broken.failure?.problem, broken.events.length], ['connectionLost', 1]);
      const ended = await world.watch((response) => {
        accept(response);
        response.end(bytes);
      });
      assert.deepEqual([ended.failure?.problem, ended.events.length], ['connectionLost', 1]);
    });
  }

  it('with something that is not JSON ends with an error', async () => {
    for (const body of ['{', '[]', 'null', '"text"']) {
      const { failure } = await world.watch((response) => {
        accept(response);
        response.write(envelope(body));
      });
      assert.equal(failure?.problem, 'unexpectedAnswer', body);
      await world.server.closed;
    }
  });

  it('that falls silent is dead, whether it had been opened or not', async () => {
    const opened = await world.watch(
      (response) => {
        accept(response);
        response.write(envelope(UPDATE));
      },
      { silenceMs: 50 },
    );
    assert.deepEqual([opened.failure?.problem, opened.failure?.code], ['timeout', 'deadline_exceeded']);
    assert.equal(opened.events.length, 1);
    await world.server.closed;
    const held = await world.watch(() => undefined, { silenceMs: 50 });
    assert.equal(held.failure?.problem, 'timeout');
    assert.equal(held.opened, 0);
    await world.server.closed;
  });

  it('that delivers only bytes, but no message, is silent', async () => {
    let timer: NodeJS.Timeout | undefined;
    const { failure } = await world.watch(
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
        const watching = world.watch(
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
        await world.server.closed;
        assert.equal(getEventListeners(over.signal, 'abort').length, 0);
      });
    }

    it('before it is opened sends nothing', async () => {
      const { failure } = await world.watch(accept, { signal: AbortSignal.abort() });
      assert.equal(failure?.problem, 'canceled');
      assert.deepEqual(world.server.bodies, []);
    });
  });
});
