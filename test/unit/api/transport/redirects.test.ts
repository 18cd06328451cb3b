import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from '../testClient.ts';

/** The redirects' destination in this file, and its answer. */
const MOVED = 'gitpod.v1.RunnerConfigurationService/ListSCMIntegrations';
const MOVED_ANSWER = { kind: 'raw', body: '{"runners":[{"name":"moved"}]}' } as const;

describe('a redirect', () => {
  let sandbox: Sandbox;
  /** Another origin. It would accept the key: only its records can show that none came. */
  let stranger: Sandbox;

  beforeEach(async () => {
    [sandbox, stranger] = await Promise.all([startSandbox(), startSandbox()]);
  });

  afterEach(() => Promise.all([sandbox.close(), stranger.close()]));

  function redirect(location: string, { status = 308, times = 1000 } = {}) {
    const headers = { location };
    sandbox.faults.set('ListRunners', { kind: 'http', status, body: '', headers, times });
  }

  const runners = () => itemsOf(clientOf(sandbox).client.listRunners(quiet));

  /** Asserts that the other server got nothing, not even a connection. */
  function assertUntouched({ requests, connections }: Sandbox) {
    assert.deepEqual([requests, connections], [[], 0]);
  }

  describe('within the origin', () => {
    const host = () => new URL(sandbox.url).host;
    const locations: [name: string, location: () => string][] = [
      ['an address', () => `${sandbox.url}/${MOVED}`],
      ['an address without its scheme', () => `//${host()}/api/${MOVED}`],
      ['a path', () => `/api/${MOVED}`],
      ['a relative path', () => `../${MOVED}`],
      ['an address with a fragment and a query', () => `${sandbox.url}/${MOVED}?x=1#y`],
    ];
    for (const status of [307, 308]) {
      for (const [name, location] of locations) {
        it(`is followed by ${status} to ${name}, with the key and what is asked`, async () => {
          redirect(location(), { status });
          sandbox.faults.set('ListSCMIntegrations', MOVED_ANSWER);
          assert.deepEqual(
            (await runners()).map((runner) => runner.name),
            ['moved'],
          );
          const [asked, again, ...rest] = sandbox.requests;
          assert.deepEqual(rest, []);
          assert.deepEqual([asked?.method, again?.method], ['ListRunners', 'ListSCMIntegrations']);
          assert.deepEqual(again?.body, { pagination: { pageSize: 100 } });
          assert.deepEqual(
            [again.httpMethod, again.body, again.headers],
            [asked?.httpMethod, asked?.body, asked?.headers],
          );
          assert.equal(again.headers.authorization, 'valid');
        });
      }
    }

    it('is followed five times', async () => {
      redirect('?again', { times: 5 });
      assert.equal((await runners()).length, sandbox.organization.runners.length);
      assert.equal(sandbox.requests.length, 6);
    });

    it('is not followed a sixth time', async () => {
      redirect('?again', { times: 6 });
      const failure = await failureOf(runners());
      assert.deepEqual([failure.problem, failure.httpStatus], ['wrongAddress', 308]);
      assert.match(failure.detail ?? '', /redirects/);
      assert.equal(sandbox.requests.length, 6);
    });

    for (const status of [301, 302, 303]) {
      it(`is not followed by ${status}`, async () => {
        redirect(`/api/${MOVED}`, { status });
        const failure = await failureOf(runners());
        assert.deepEqual(
          [failure.problem, failure.redirectedTo],
          ['wrongAddress', new URL(sandbox.url).origin],
        );
        assert.equal(sandbox.requests.length, 1);
      });
    }
  });

  describe('out of the origin is refused:', () => {
    const there = () => new URL(stranger.url).host;
    const here = () => new URL(sandbox.url).host;
    const locations: [name: string, location: () => string, origin: () => string][] = [
      ['to another port', () => `http://${there()}/api/${MOVED}`, () => `http://${there()}`],
      [
        'to another host',
        () => `http://localhost:${new URL(stranger.url).port}/`,
        () => `http://localhost:${new URL(stranger.url).port}`,
      ],
      ['without a scheme', () => `//${there()}/`, () => `http://${there()}`],
      ['in backslashes', () => `\\\\${there()}\\api`, () => `http://${there()}`],
      ['with a tab in its scheme', () => `ht\ttp://${there()}/`, () => `http://${there()}`],
      [
        'to a host that takes ours for a name',
        () => `http://${here()}@${there()}/`,
        () => `http://${there()}`,
      ],
      ['to https', () => `https://${here()}/api/${MOVED}`, () => `https://${here()}`],
      ['with a name', () => `http://user@${here()}/api/${MOVED}`, () => `http://${here()}`],
      ['with a password', () => `http://:private@${here()}/api/${MOVED}`, () => `http://${here()}`],
    ];
    for (const [name, location, origin] of locations) {
      it(name, async () => {
        redirect(location());
        const failure = await failureOf(runners());
        assert.deepEqual(
          [failure.problem, failure.httpStatus, failure.redirectedTo],
          ['redirected', 308, origin()],
        );
        assert.ok(!failure.message.includes('private'));
        assertUntouched(stranger);
        assert.deepEqual([sandbox.requests.length, sandbox.connections], [1, 1]);
      });
    }

    for (const location of ['javascript:alert(1)', 'data:application/json,{}', 'file:///etc/passwd']) {
      it(`to ${location}`, async () => {
        redirect(location);
        assert.equal((await failureOf(runners())).problem, 'wrongAddress');
        assert.equal(sandbox.requests.length, 1);
      });
    }

    it('after redirects within it', async () => {
      redirect(`/api/${MOVED}`);
      const headers = { location: `${stranger.url}/${MOVED}` };
      sandbox.faults.set('ListSCMIntegrations', { kind: 'http', status: 307, body: '', headers });
      assert.equal((await failureOf(runners())).problem, 'redirected');
      assert.equal(sandbox.requests.length, 2);
      assertUntouched(stranger);
    });
  });

  it('to a host that nobody would read is told in one line', async () => {
    for (const status of [308, 302]) {
      redirect(`https://${'long.'.repeat(1000)}example/`, { status });
      const { redirectedTo = '' } = await failureOf(runners());
      assert.match(redirectedTo, /^https:\/\/(?:long\.)+.*…$/);
      assert.ok(redirectedTo.length < 400, `${redirectedTo.length} characters`);
    }
  });

  it('that holds the key is told without it', async () => {
    await sandbox.close();
    const apiKey = 'a-key-of-host-letters';
    sandbox = await startSandbox({ apiKey });
    for (const location of [
      `https://${apiKey}.evil.example/${apiKey}`,
      `https://x:${apiKey}@evil.example/?${apiKey}`,
    ]) {
      redirect(location);
      const { client, lines } = clientOf(sandbox);
      const failure = await failureOf(itemsOf(client.listRunners(quiet)));
      assert.equal(failure.problem, 'redirected');
      assert.match(failure.redirectedTo ?? '', /^https:\/\/(?:\[redacted\]\.)?evil\.example$/);
      assert.ok(!`${failure.stack ?? ''}${JSON.stringify(failure)}${lines.join('')}`.includes(apiKey));
    }
  });
});
