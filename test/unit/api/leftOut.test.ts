import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Page } from '../../../src/api/transport/paging.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { BARE_RUNNER } from '../inventory/fixtures.ts';
import { integrationsIn, PLANTED, runnersIn, WRONG_FLAG, WRONG_TEXT } from './malformedItems.ts';
import { clientOf, failureOf, itemsOf, quiet } from './testClient.ts';

const ID = '0198a1d2-0000-7000-8000-000000000001';

describe('an item of the wrong type', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  function answer(...items: readonly string[]) {
    sandbox.faults.set('ListSCMIntegrations', { kind: 'raw', body: `{"integrations":[${items.join()}]}` });
    return clientOf(sandbox);
  }

  const good = (n: number) => `{"id":"i${n}","runnerId":"r","host":"${n}.example","pat":true}`;

  it('does not hide the others of its page', async () => {
    const fifty = Array.from({ length: 50 }, (_, i) => good(i));
    const bad = `{"id":"${ID}","runnerId":"r","scmId":"github","host":"github.com","pat":"true"}`;
    const { items, leftOut, lines } = await integrationsIn(
      sandbox,
      ...fifty.slice(0, 20),
      bad,
      ...fifty.slice(20),
    );
    assert.deepEqual(
      items.map(({ id }) => id),
      fifty.map((_, i) => `i${i}`),
    );
    assert.deepEqual(leftOut, [{ fault: 'pat is not boolean', id: ID, runnerId: 'r' }]);
    assert.deepEqual(lines, [`ListSCMIntegrations: left out 1: pat is not boolean, e.g. in ${ID}`]);
  });

  it('may be nested as deeply as JSON can be, on a page that is not the last one', async () => {
    const deep = `{"id":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`;
    const body = `{"integrations":[${good(1)},${deep}],"pagination":{"nextToken":"t"}}`;
    sandbox.faults.set('ListSCMIntegrations', { kind: 'raw', body });
    const { client } = clientOf(sandbox);
    const failure = await failureOf(itemsOf(client.listScmIntegrations(quiet)));
    assert.match(failure.message, /the API repeated a page token/);
  });

  const essential: [string, string, string][] = [
    ...['id', 'runnerId', 'scmId', 'host'].map((name): [string, string, string] => [
      name,
      WRONG_TEXT,
      `${name} is not string`,
    ]),
    ['pat', WRONG_FLAG, 'pat is not boolean'],
    ['pat', '1', 'pat is not boolean'],
    ['oauth', WRONG_FLAG, 'oauth is not an object'],
    ['oauth', 'true', 'oauth is not an object'],
    ['oauth', '[]', 'oauth is not an object'],
  ];
  for (const [name, wrong, fault] of essential) {
    it(`is left out if it is an integration whose ${name} is ${wrong}`, async () => {
      const { items, leftOut } = await integrationsIn(sandbox, good(1), `{"${name}":${wrong}}`, good(2));
      assert.equal(items.length, 2);
      assert.deepEqual(leftOut, [{ fault }]);
    });
  }

  for (const wrong of ['true', 'null', '5', `"${PLANTED}"`, '[]', '[{"id":"i"}]']) {
    it(`is left out if it is ${wrong}`, async () => {
      const { items, leftOut } = await integrationsIn(sandbox, good(1), wrong);
      assert.equal(items.length, 1);
      assert.deepEqual(leftOut, [{ fault: 'the item is not an object' }]);
      const runners = await runnersIn(sandbox, '{}', wrong);
      assert.deepEqual([runners.items.length, runners.leftOut.length], [1, 1]);
    });
  }

  it('is left out if it is a runner whose id cannot be read', async () => {
    const { items, leftOut, lines } = await runnersIn(
      sandbox,
      '{"runnerId":"r"}',
      `{"runnerId":${WRONG_TEXT}}`,
    );
    assert.deepEqual(items, [{ ...BARE_RUNNER, id: 'r' }]);
    assert.deepEqual(leftOut, [{ fault: 'runnerId is not string' }]);
    assert.deepEqual(lines, ['ListRunners: left out 1: runnerId is not string']);
  });

  it('has a line in the log for each kind, not for each item', async () => {
    const bad = Array.from({ length: 10_000 }, (_, i) => `{"id":"i${i}","pat":"yes"}`);
    const { leftOut, lines } = await integrationsIn(sandbox, good(1), ...bad, '{"host":5}', '{"host":6}');
    assert.equal(leftOut.length, 10_002);
    assert.deepEqual(lines, [
      'ListSCMIntegrations: left out 10000: pat is not boolean',
      'ListSCMIntegrations: left out 2: host is not string',
    ]);
  });

  it('fails the call if no item can be read: it is probably not this API', async () => {
    const { client, lines } = answer(`{"pat":${WRONG_FLAG}}`, WRONG_FLAG);
    const error = await failureOf(itemsOf(client.listScmIntegrations(quiet)));
    assert.deepEqual([error.problem, error.code], ['unexpectedAnswer', 'data_loss']);
    assert.equal(error.detail, 'no item could be read: pat is not boolean');
    assert.ok(!`${inspect(error, { depth: 9 })}${lines.join()}`.includes(PLANTED));
  });

  it('does not fail the call if only some runners are asked for: they may have no other', async () => {
    const { client } = answer(`{"id":"i","runnerId":"${ID}","pat":${WRONG_FLAG}}`);
    const pages: Page<unknown>[] = [];
    for await (const page of client.listScmIntegrations(quiet, [ID])) {
      pages.push(page);
    }
    const leftOut = [{ fault: 'pat is not boolean', id: 'i', runnerId: ID }];
    assert.deepEqual(pages, [{ items: [], leftOut, nextToken: undefined }]);
  });

  for (const wrong of ['5', `{"nextToken":${WRONG_TEXT}}`, '[]']) {
    it(`is not hidden, nor are others, by a page token in ${wrong}, which fails the call after them`, async () => {
      const body = `{"integrations":[${good(1)},true,${good(2)}],"pagination":${wrong}}`;
      sandbox.faults.set('ListSCMIntegrations', { kind: 'raw', body });
      const { client, lines } = clientOf(sandbox);
      const pages: Page<unknown>[] = [];
      const walk = async () => {
        for await (const page of client.listScmIntegrations(quiet)) {
          pages.push(page);
        }
      };
      const error = await failureOf(walk());
      assert.match(error.detail ?? '', /^pagination(\.nextToken)? is not /);
      assert.deepEqual(
        pages.map(({ items, leftOut }) => [items.length, leftOut.length]),
        [[2, 1]],
      );
      assert.ok(!`${inspect(error, { depth: 9 })}${lines.join()}`.includes(PLANTED));
    });
  }

  it('does not fail it if another page has a readable item', async () => {
    const page = (items: string, token: string) =>
      ({
        kind: 'raw',
        body: `{"integrations":[${items}],"pagination":{"nextToken":"${token}"}}`,
        times: 1,
      }) as const;
    sandbox.faults.set('ListSCMIntegrations', [page('true', 'b'), page(good(1), 'c'), page('false', '')]);
    const pages: Page<unknown>[] = [];
    for await (const one of clientOf(sandbox).client.listScmIntegrations(quiet)) {
      pages.push(one);
    }
    assert.deepEqual(
      pages.map(({ items, leftOut }) => [items.length, leftOut.length]),
      [
        [0, 0],
        [1, 1],
        [0, 1],
      ],
      'it is not known from the first page',
    );
  });
});
