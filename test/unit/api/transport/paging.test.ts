import assert from 'node:assert/strict';
import { OnaApiError } from '../../../../src/api/transport/errors.ts';
import { type Page, walkPages } from '../../../../src/api/transport/paging.ts';
import { largeOrganization } from '../../../sandbox/largeOrganization.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from '../testClient.ts';

const lines: string[] = [];
const NAMES = { method: 'ListThings', host: 'api.example', log: (line: string) => lines.push(line) };

/** A list with these pages, and the tokens it was called with. */
function listOf(pages: readonly Pick<Page<number>, 'items' | 'nextToken'>[]) {
  const asked: (string | undefined)[] = [];
  const walk = walkPages((token) => {
    const page = pages[asked.length];
    asked.push(token);
    return page === undefined ? Promise.reject(new Error('asked once too often')) : Promise.resolve(page);
  }, NAMES);
  return { asked, walk };
}

describe('a walk through pages', () => {
  it('passes each token on and ends where none is left', async () => {
    const { asked, walk } = listOf([
      { items: [1, 2], nextToken: 'b' },
      { items: [3], nextToken: 'c' },
      { items: [4], nextToken: undefined },
    ]);
    assert.deepEqual(await itemsOf(walk), [1, 2, 3, 4]);
    assert.deepEqual(asked, [undefined, 'b', 'c']);
  });

  it('goes on after an empty page with a token', async () => {
    const { walk } = listOf([
      { items: [], nextToken: 'b' },
      { items: [], nextToken: 'c' },
      { items: [7], nextToken: undefined },
    ]);
    assert.deepEqual(await itemsOf(walk), [7]);
  });

  it('asks for no page that nobody wants', async () => {
    const { asked, walk } = listOf([{ items: [1], nextToken: 'b' }]);
    for await (const { items } of walk) {
      assert.deepEqual(items, [1]);
      break;
    }
    assert.deepEqual(asked, [undefined]);
  });

  for (const tokens of [
    ['a', 'a'],
    ['a', 'b', 'a'],
  ]) {
    it(`ends with an error where the tokens are ${tokens.join(', ')}`, async () => {
      const { asked, walk } = listOf(tokens.map((nextToken, i) => ({ items: [i], nextToken })));
      const got: number[] = [];
      const failure = await failureOf(
        (async () => {
          for await (const { items } of walk) {
            got.push(...items);
          }
        })(),
      );
      assert.equal(failure.problem, 'unexpectedAnswer');
      assert.match(failure.message, /ListThings at api\.example.*repeated/);
      assert.equal(lines.at(-1), failure.message);
      assert.deepEqual(
        got,
        tokens.map((_, i) => i),
      );
      assert.equal(asked.length, tokens.length);
    });
  }

  it('ends a list that has no end', async () => {
    let pages = 0;
    const endless = walkPages(() => Promise.resolve({ items: [], nextToken: String(++pages) }), NAMES);
    const failure = await failureOf(itemsOf(endless));
    assert.equal(failure.problem, 'unexpectedAnswer');
    assert.match(failure.message, /pages/);
    // Ten thousand integrations take a hundred pages.
    assert.ok(pages >= 1_000 && pages <= 10_000, String(pages));
  });
});

describe('a list of the API', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox({ organization: largeOrganization({ runners: 230, integrations: 101 }) });
  });

  afterEach(() => sandbox.close());

  it('comes whole, in the largest pages, over one connection', async () => {
    const { client } = clientOf(sandbox);
    const runners = await itemsOf(client.listRunners(quiet));
    const integrations = await itemsOf(client.listScmIntegrations(quiet));
    const { organization } = sandbox;
    assert.deepEqual(
      runners.map(({ id }) => id),
      organization.runners.map(({ runnerId }) => runnerId),
    );
    assert.deepEqual(
      integrations.map(({ id }) => id),
      organization.integrations.map(({ id }) => id),
    );
    assert.deepEqual(
      sandbox.requests.map(({ method }) => method),
      [...Array<string>(3).fill('ListRunners'), ...Array<string>(2).fill('ListSCMIntegrations')],
    );
    assert.equal(sandbox.connections, 1);
  });

  it('of a page exactly full needs no second one', async () => {
    sandbox.organization = largeOrganization({ runners: 100, integrations: 0 });
    assert.equal((await itemsOf(clientOf(sandbox).client.listRunners(quiet))).length, 100);
    assert.equal(sandbox.requests.length, 1);
  });

  it('ends in an error where the API repeats a token', async () => {
    sandbox.faults.set('ListRunners', { kind: 'raw', body: '{"pagination":{"nextToken":"again"}}' });
    const failure = await failureOf(itemsOf(clientOf(sandbox).client.listRunners(quiet)));
    assert.equal(failure.problem, 'unexpectedAnswer');
    assert.equal(failure.method, 'ListRunners');
    assert.equal(sandbox.requests.length, 2);
  });

  it('aborted between two pages asks for no other', async () => {
    const abort = new AbortController();
    const walk = clientOf(sandbox).client.listRunners(abort);
    await walk.next();
    abort.abort();
    assert.equal((await failureOf(walk.next())).problem, 'canceled');
    assert.equal(sandbox.requests.length, 1);
  });

  it('gives the pages before the one that fails', async () => {
    sandbox.faults.set('ListRunners', {
      kind: 'afterPages',
      pages: 2,
      fault: { kind: 'connect', code: 'internal', message: '' },
    });
    let count = 0;
    await assert.rejects(async () => {
      for await (const { items } of clientOf(sandbox).client.listRunners(quiet)) {
        count += items.length;
      }
    }, OnaApiError);
    assert.equal(count, 200);
  });
});
