import assert from 'node:assert/strict';
import { readErrorDetails } from '../../../../src/api/transport/errorDetails.ts';
import { actionableError, type ErrorDetail, retryInfo } from '../../../sandbox/errorDetails.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, quiet } from '../testClient.ts';

const API_URL = 'https://ona.acme.example:8443/x/api';

type Actions = NonNullable<Parameters<typeof actionableError>[0]['actions']>;

const dashboard = (path: string, label = 'Open') => ({ label, dashboardPath: path });
const external = (url: string, label = 'Open') => ({ label, externalUrl: url });

/** An `ActionableErrorDetails` of these bytes. */
const raw = (...bytes: number[]): ErrorDetail => ({
  type: 'gitpod.v1.ActionableErrorDetails',
  value: Buffer.from(bytes).toString('base64'),
});

const read = (details: unknown) => readErrorDetails(details, API_URL, (text) => text);

/** The URLs shown for these actions. */
function linksOf(actions: Actions): readonly string[] | undefined {
  const { advice } = read([actionableError({ userMessage: 'Do this.', actions })]);
  return advice?.links.map(({ url }) => url);
}

describe('the details of an error', () => {
  it('advise a person', () => {
    const detail = actionableError({
      errorCode: 'E1',
      userMessage: 'The runner is full. Größe ändern!',
      metadata: { a: 'b' },
      actions: [
        { actionId: '1', ...dashboard('/runners/7?tab=size#now', 'Open runner') },
        { actionId: '2', ...external('https://docs.example/size', 'Read more') },
      ],
    });
    assert.deepEqual(read([{ type: 'x.Other', value: 'AQID' }, detail, retryInfo(2000)]), {
      retryDelayMs: 2000,
      advice: {
        message: 'The runner is full. Größe ändern!',
        links: [
          { label: 'Open runner', url: 'https://ona.acme.example:8443/runners/7?tab=size#now' },
          { label: 'Read more', url: 'https://docs.example/size' },
        ],
      },
    });
  });

  it('name no time to wait where it would be none', () => {
    assert.deepEqual(read([retryInfo(0)]), { retryDelayMs: 0 });
    assert.deepEqual(read([retryInfo(-2000)]), { retryDelayMs: 0 });
  });

  it('are each read for themselves, whatever stands beside them', () => {
    const advice = actionableError({ userMessage: 'Do this.' });
    for (const broken of [null, 'text', { type: 'x.Broken' }, { value: 'AQID' }, { type: 7, value: 7 }]) {
      assert.deepEqual(read([broken, retryInfo(2000), advice]), {
        retryDelayMs: 2000,
        advice: { message: 'Do this.', links: [] },
      });
    }
  });

  it('name no time to wait where they cannot be read', () => {
    for (const value of [undefined, null, 2, 'AQ', '////']) {
      assert.deepEqual(read([{ type: 'google.rpc.RetryInfo', value }]), { retryDelayMs: 0 });
    }
  });

  it('may be written without padding', () => {
    const { type, value } = actionableError({ userMessage: 'fours' });
    assert.ok(value.endsWith('='));
    assert.equal(read([{ type, value: value.replaceAll('=', '') }]).advice?.message, 'fours');
  });

  it('advise nothing without a message', () => {
    assert.deepEqual(read([actionableError({ actions: [dashboard('/runners')] })]), {});
  });

  describe('lead', () => {
    for (const path of [
      '/',
      '/settings',
      '/a/../b',
      '/%2e%2e/c',
      '/@evil.example',
      '/x?to=https://evil.example',
    ]) {
      it(`to the dashboard beside the API: ${path}`, () => {
        assert.deepEqual(linksOf([dashboard(path)]), [new URL(path, 'https://ona.acme.example:8443').href]);
      });
    }

    it('to at most three places', () => {
      const paths = ['/1', '/2', '/3', '/4'];
      assert.deepEqual(
        linksOf(paths.map((path) => dashboard(path))),
        paths.slice(0, 3).map((path) => `https://ona.acme.example:8443${path}`),
      );
    });

    it('past what leads nowhere', () => {
      const actions = [
        dashboard('nowhere'),
        { label: 'Open' },
        dashboard('/1', ''),
        external('https://a.example/'),
      ];
      assert.deepEqual(linksOf(actions), ['https://a.example/']);
    });

    for (const url of [
      'https://help.acme.example/kb?next=%2Fsettings%3Ftab%3Dscm%26x%3D1%23top',
      "https://Help.Acme.example:443/a'b/%7euser?q=it's|x#%2F",
      'https://hilfe.müller.example/straße',
      `https://help.acme.example/?signature=${'0123456789abcdef'.repeat(100)}`,
    ]) {
      it(`as they are: ${url.slice(0, 60)}`, () => {
        assert.deepEqual(linksOf([external(url)]), [url]);
      });
    }

    for (const [url, opened] of [
      [' https://docs.example/a ', 'https://docs.example/a'],
      ['https:\\\\docs.example\\a b', 'https://docs.example/a%20b'],
    ] as const) {
      it(`as a browser reads them: ${JSON.stringify(url)}`, () => {
        assert.deepEqual(linksOf([external(url)]), [opened]);
      });
    }

    for (const path of [
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '\\\\evil.example',
      '///evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      'settings',
      ' /settings',
      '',
    ]) {
      it(`to no dashboard at ${JSON.stringify(path)}`, () => {
        assert.deepEqual(linksOf([dashboard(path)]), []);
      });
    }

    for (const url of [
      'http://docs.example/',
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'vscode://acme.ona-scm/x',
      'command:workbench.action.terminal.new',
      'https://user@docs.example/',
      'https://:password@docs.example/',
      '//docs.example',
      'docs.example',
      'https://',
      '',
    ]) {
      it(`to no other place at ${JSON.stringify(url)}`, () => {
        assert.deepEqual(linksOf([external(url)]), []);
      });
    }
  });

  describe('are absent where', () => {
    const broken: [name: string, details: unknown][] = [
      ['there are none', undefined],
      ['they are null', null],
      ['they are no list', {}],
      ['the list is empty', []],
      ['they are of other types', [{ type: 'x.Other', value: 'AQID' }]],
      ['they hold nothing', [raw()]],
      ['they are cut off', [raw(0x12, 0x05, 0x61)]],
      ['a tag is cut off', [raw(0xff)]],
      ['a field has the number 0', [raw(0x02, 0x00)]],
      ['a group ends that did not begin', [raw(0x0c)]],
      ['a wire type does not exist', [raw(0x0f)]],
      ['the message is a number', [raw(0x10, 0x01)]],
      ['they are no base64', [{ type: 'gitpod.v1.ActionableErrorDetails', value: '%%%' }]],
      [
        'they are a message in JSON',
        [{ type: 'gitpod.v1.ActionableErrorDetails', value: { userMessage: 'x' } }],
      ],
      // Only the bytes count: nothing ensures that both are the same.
      [
        'they are for people who debug',
        [{ type: 'gitpod.v1.ActionableErrorDetails', value: '', debug: { userMessage: 'x' } }],
      ],
    ];
    for (const [name, details] of broken) {
      it(name, () => assert.deepEqual(read(details), {}));
    }

    it('an action is broken: all of them', () => {
      assert.deepEqual(read([raw(0x12, 0x01, 0x61, 0x22, 0x02, 0x12, 0x05)]), {});
    });
  });

  it('survive text that is no UTF-8', () => {
    assert.equal(read([raw(0x12, 0x03, 0x61, 0xff, 0x62)]).advice?.message, 'a\ufffdb');
  });
});

describe('advice that the API sends with an error', () => {
  let sandbox: Sandbox;
  const apiKey = 'secret-key-of-mine';

  beforeEach(async () => {
    sandbox = await startSandbox({ apiKey });
  });

  afterEach(() => sandbox.close());

  async function fail(advice: Parameters<typeof actionableError>[0]) {
    const details = [actionableError(advice)];
    sandbox.faults.set('GetAuthenticatedIdentity', {
      kind: 'connect',
      code: 'failed_precondition',
      message: '',
      details,
    });
    const { client, lines } = clientOf(sandbox);
    return { failure: await failureOf(client.getAuthenticatedIdentity(quiet)), lines };
  }

  it('comes with it', async () => {
    const { failure } = await fail({ userMessage: 'Start the runner.', actions: [dashboard('/runners')] });
    assert.equal(failure.problem, 'refused');
    assert.deepEqual(failure.advice, {
      message: 'Start the runner.',
      links: [{ label: 'Open', url: `${new URL(sandbox.url).origin}/runners` }],
    });
  });

  it('does not hold the key nor what looks like one', async () => {
    const { failure, lines } = await fail({
      userMessage: `Your key ${apiKey} and gitpod_pat_other are no good.`,
      actions: [
        external(`https://docs.example/?key=${apiKey}`, 'Read more'),
        dashboard('/keys/gitpod_pat_other', 'Keys'),
        dashboard('/keys', `Forget ${apiKey}`),
      ],
    });
    assert.equal(failure.advice?.message, 'Your key [redacted] and [redacted] are no good.');
    assert.deepEqual(
      failure.advice.links.map(({ label }) => label),
      ['Forget [redacted]'],
    );
    const all = JSON.stringify([failure, failure.stack, lines]);
    assert.ok(!all.includes(apiKey) && !all.includes('gitpod_pat_other'));
  });

  it('is a line of printable text, and not a long one', async () => {
    const { failure } = await fail({
      userMessage: `first\r\nsecond\u202e\u0007${'x'.repeat(5000)}`,
      actions: [dashboard('/x', `a\nb\u2066${'y'.repeat(5000)}`)],
    });
    const { message, links } = failure.advice ?? {};
    assert.match(message ?? '', /^first second x+…$/);
    assert.match(links?.[0]?.label ?? '', /^a b y+…$/);
    assert.ok((message ?? '').length <= 301 && (links?.[0]?.label ?? '').length <= 61);
  });
});
