import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import { problemFromNetworkCode } from '../../../../src/api/transport/errorCodes.ts';
import type { OnaApiProblem } from '../../../../src/api/transport/errors.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, quiet } from '../testClient.ts';

/** Headers and the first byte of an answer that never completes. */
const STUCK = { kind: 'http', status: 200, body: '{', headers: { 'content-length': '1000' } } as const;

describe('a call', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const identify = (options = {}, { signal } = quiet) =>
    clientOf(sandbox, options).client.getAuthenticatedIdentity({ signal });

  /** When the next request has reached the sandbox, or the next answer's headers the client. */
  function when(channel: 'http.server.request.start' | 'http.client.response.finish', act: () => void): void {
    const listener = () => {
      diagnostics.unsubscribe(channel, listener);
      act();
    };
    diagnostics.subscribe(channel, listener);
  }

  describe('that takes too long', () => {
    for (const [stage, fault] of [
      ['before the answer', { kind: 'hang' }],
      ['within the answer', STUCK],
    ] as const) {
      it(`fails ${stage}, with the time-out`, async () => {
        sandbox.faults.set('GetAuthenticatedIdentity', fault);
        const failure = await failureOf(identify({ timeoutMs: () => 40 }));
        assert.deepEqual(
          [failure.problem, failure.code, failure.timeoutMs],
          ['timeout', 'deadline_exceeded', 40],
        );
      });
    }

    it('asks for the time-out at each call', async () => {
      let timeoutMs = 60_000;
      const { client } = clientOf(sandbox, { timeoutMs: () => timeoutMs });
      await client.getAuthenticatedIdentity(quiet);
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'hang' });
      timeoutMs = 30;
      assert.equal((await failureOf(client.getAuthenticatedIdentity(quiet))).timeoutMs, 30);
    });
  });

  describe('that is aborted', () => {
    it('beforehand asks nothing', async () => {
      const failure = await failureOf(identify({}, { signal: AbortSignal.abort() }));
      assert.deepEqual([failure.problem, failure.code], ['canceled', 'canceled']);
      assert.deepEqual(sandbox.requests, []);
    });

    it('at once is canceled', async () => {
      const abort = new AbortController();
      const call = identify({}, abort);
      abort.abort();
      assert.equal((await failureOf(call)).problem, 'canceled');
    });

    for (const [stage, fault, channel] of [
      ['while it waits', { kind: 'hang' }, 'http.server.request.start'],
      ['within the answer', STUCK, 'http.client.response.finish'],
    ] as const) {
      it(`${stage} is canceled`, async () => {
        sandbox.faults.set('GetAuthenticatedIdentity', fault);
        const abort = new AbortController();
        when(channel, () => abort.abort());
        const failure = await failureOf(identify({}, abort));
        assert.deepEqual([failure.problem, failure.code], ['canceled', 'canceled']);
      });
    }
  });

  describe('that loses its connection', () => {
    it('before the answer, again and again, says so', async () => {
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'reset' });
      const failure = await failureOf(identify());
      assert.deepEqual(
        [failure.problem, failure.code, failure.detail],
        ['connectionLost', 'unavailable', 'ECONNRESET'],
      );
      assert.equal(failure.httpStatus, undefined);
    });

    it('within the answer says so, and that nobody is there any more', async () => {
      sandbox.faults.set('GetAuthenticatedIdentity', STUCK);
      when('http.client.response.finish', () => void sandbox.close());
      const { client, lines } = clientOf(sandbox);
      const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
      assert.match(lines[0] ?? '', /connectionLost/);
      assert.equal(failure.problem, 'connectionRefused');
    });
  });

  describe('that finds no API', () => {
    it('on a closed port', async () => {
      await sandbox.close();
      const failure = await failureOf(identify());
      assert.deepEqual([failure.problem, failure.detail], ['connectionRefused', 'ECONNREFUSED']);
    });

    it('at an unknown host', async () => {
      const failure = await failureOf(identify({ apiUrl: 'https://nonexistent.invalid/api' }));
      assert.equal(failure.problem, 'hostNotFound');
      assert.equal(failure.host, 'nonexistent.invalid');
    });

    it('where https is asked of a server of http', async () => {
      const failure = await failureOf(identify({ apiUrl: sandbox.url.replace('http:', 'https:') }));
      assert.equal(failure.problem, 'noConnection');
    });

    const codes: [string | undefined, OnaApiProblem][] = [
      ['ENOTFOUND', 'hostNotFound'],
      ['EAI_AGAIN', 'hostNotFound'],
      ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
      ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
      ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
      ['CERT_HAS_EXPIRED', 'certificate'],
      ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
      ['ETIMEDOUT', 'noConnection'],
      ['EHOSTUNREACH', 'noConnection'],
      [undefined, 'noConnection'],
    ];
    for (const [code, problem] of codes) {
      it(`for the network's ${code ?? 'unnamed error'}: ${problem}`, () => {
        assert.equal(problemFromNetworkCode(code), problem);
      });
    }
  });

  describe('that gets an answer it cannot read', () => {
    it('for its size, were it an error', async () => {
      const body = 'x'.repeat(33 * 1024 * 1024);
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'http', status: 500, body });
      assert.equal((await failureOf(identify())).problem, 'answerTooLarge');
    });

    for (const encoding of ['gzip', 'deflate', 'br']) {
      it(`for its compression: ${encoding}`, async () => {
        const headers = { 'content-encoding': encoding };
        sandbox.faults.set('GetAuthenticatedIdentity', {
          kind: 'http',
          status: 200,
          body: 'neither packed nor JSON',
          headers,
        });
        const failure = await failureOf(identify());
        assert.deepEqual(
          [failure.problem, failure.detail],
          ['unexpectedAnswer', 'the response cannot be decompressed'],
        );
        assert.equal(sandbox.requests.length, 1);
      });
    }
  });

  it('with a key that no header can carry fails, without the key', async () => {
    const { client, lines } = clientOf({ url: sandbox.url, apiKey: 'broken\nkey-of-mine' });
    const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
    assert.ok(!`${failure.stack ?? ''}${lines.join('')}`.includes('key-of-mine'));
    assert.deepEqual(sandbox.requests, []);
  });
});
