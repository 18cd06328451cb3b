import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '../../../../src/api/transport/paging.ts';
import { readyState } from '../../inventory/inventoryStates.ts';
import { LoadRun } from '../../../../src/inventory/load/loadRun.ts';
import { type InventoryState, NO_DATA } from '../../../../src/inventory/model.ts';
import { deterministicUuid } from '../../../sandbox/deterministicUuid.ts';
import { clientOf, failureOf, itemsOf, quiet } from '../testClient.ts';

type Sent = Readonly<Record<string, unknown>>;

const runnerIds = Array.from({ length: 100 }, (_, i) => deterministicUuid(`runner/${i}`));
const integrations = (count: number, extra: Sent = {}) =>
  Array.from({ length: count }, (_, i) => ({
    id: `i-${i}`,
    runnerId: runnerIds[i % 100],
    scmId: 'github',
    host: 'github.com',
    ...extra,
  }));

describe('an API whose lists never end', () => {
  let server: http.Server;
  let requests: number;
  /** The items of each page. */
  let items: (method: string, request: number) => readonly unknown[];
  /** The items of a list that has a filter, if that has an end. */
  let answerFilter: ((runnerIds: readonly string[]) => readonly unknown[]) | undefined;
  let endsRunners: boolean;

  beforeEach(async () => {
    requests = 0;
    answerFilter = undefined;
    endsRunners = false;
    server = http.createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const method = request.url?.split('/').at(-1) ?? '';
        const { filter } = JSON.parse(body) as { filter?: { runnerIds: string[] } };
        requests++;
        const own = filter && answerFilter?.(filter.runnerIds);
        const hasEnd = own !== undefined || (endsRunners && method === 'ListRunners');
        response.setHeader('Content-Type', 'application/json');
        response.end(
          JSON.stringify({
            [method === 'ListRunners' ? 'runners' : 'integrations']: own ?? items(method, requests),
            pagination: hasEnd ? {} : { nextToken: `token ${requests}` },
          }),
        );
      });
    });
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening);
    });
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const client = () =>
    clientOf({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
      apiKey: 'key-1234567890',
    }).client;
  const failure = (list: AsyncIterable<Page<unknown>>) => failureOf(itemsOf(list));

  /** The last state of a load. */
  async function load(plan: 'parallel' | 'plain', before: InventoryState = readyState(NO_DATA)) {
    let last = before;
    const run = new LoadRun({
      client: client(),
      whenSubjectKnown: () => Promise.resolve(undefined),
      before,
      plan: { kind: 'all', plan },
      publish: (state) => (last = state),
      end: (state) => (last = state),
      log: (error) => assert.fail(error),
    });
    await run.done;
    return last;
  }

  for (const [title, sent] of [
    ['items that change', (request: number) => integrations(3, { host: `${request}.example` })],
    ['an item that cannot be read', () => integrations(1, { pat: 'yes' })],
    [
      'an item without an id',
      () => [...integrations(2), { id: '', runnerId: runnerIds[0], host: 'a.example' }],
    ],
  ] as const) {
    it(`ends with an error where it repeats ${title}`, async () => {
      items = (_, request) => sent(request);
      const { problem, detail } = await failure(client().listScmIntegrations(quiet));
      assert.deepEqual(
        [problem, detail, requests],
        ['unexpectedAnswer', 'the API sent 10 pages without anything new', 11],
      );
    });
  }

  it('does not count an integration that is inherited by other runners as a repeated one', async () => {
    // As Ona lists those of its managed runners: the same id, page after page.
    items = (_, request) => [{ ...integrations(1)[0], runnerId: `runner ${request}` }];
    const walk = client().listScmIntegrations(quiet);
    for (let page = 0; page < 30; page++) {
      assert.equal((await walk.next()).done, false);
    }
    await walk.return();
  });

  it('is asked about a dozen times for each list by a timed refresh, and what it sent stays', async () => {
    items = (method) =>
      method === 'ListRunners' ? runnerIds.map((runnerId) => ({ runnerId, name: 'eu' })) : integrations(100);
    const state = await load('plain');
    assert.equal(state.error?.problem, 'unexpectedAnswer');
    assert.deepEqual([state.data.runners.length, state.data.integrations.length], [100, 100]);
    assert.equal(requests, 22);
  });

  it('is not asked much more often where runners are asked for in chunks', async () => {
    items = (method) =>
      method === 'ListRunners' ? runnerIds.map((runnerId) => ({ runnerId, name: 'eu' })) : integrations(100);
    const state = await load('parallel');
    assert.equal(state.error?.problem, 'unexpectedAnswer');
    assert.equal(state.data.integrations.length, 100);
    // Six chunks are under way before the first list ends.
    assert.ok(requests <= 8 * 11, String(requests));
  });

  it('still gives the integrations of every listed runner if only the whole list never ends', async () => {
    items = (method) =>
      method === 'ListRunners' ? runnerIds.map((runnerId) => ({ runnerId, name: 'eu' })) : integrations(50);
    answerFilter = (ids) => integrations(100).filter(({ runnerId }) => ids.includes(runnerId ?? ''));
    endsRunners = true;
    const state = await load('parallel');
    assert.equal(state.error?.detail, 'the API sent 10 pages without anything new');
    assert.deepEqual([state.data.integrations.length, state.data.runnerErrors], [100, undefined]);
    assert.ok(state.kind === 'stale' && state.mayBeIncomplete);
  });

  it('is asked no more once it has sent 200 MB, and what it sent stays', async () => {
    const filler = 'x'.repeat(10 * 2 ** 20);
    items = (method, request) =>
      method === 'ListRunners'
        ? [{ runnerId: deterministicUuid(String(request)), name: 'eu', status: { message: filler } }]
        : [{ ...integrations(1)[0], id: `i-${request}`, host: 'a.example' }];
    const state = await load('plain');
    assert.deepEqual(
      [state.error?.problem, state.error?.code, state.error?.limitMb],
      ['answerTooLarge', 'resource_exhausted', 200],
    );
    assert.ok(state.data.runners.length >= 19 && state.data.runners.length <= 20);
  });
});
