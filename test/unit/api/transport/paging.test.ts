import assert from 'node:assert/strict';
import { OnaApiError } from '../../../../src/api/transport/errors.ts';
import { type Page, walkPages } from '../../../../src/api/transport/paging.ts';
import { largeOrganization } from '../../../sandbox/largeOrganization.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from '../testClient.ts';

const lines: string[] = [];
const THINGS = {
  method: 'ListThings',
  host: 'api.example',
  log: (line: string) => lines.push(line),
  keysOf: ({ items }: Pick<Page<number>, 'items' | 'nextToken'>) => items.map(String),
};

/** A list with these pages, and the tokens it was called with. */
function listOf(pages: readonly Pick<Page<number>, 'items' | 'nextToken'>[]) {
  const asked: (string | undefined)[] = [];
  const walk = walkPages((token) => {
    const page = pages[asked.length];
    asked.push(token);
    return page === undefined ? Promise.reject(new Error('asked once too often')) : Promise.resolve(page);
  }, THINGS);
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

  describe('through a list that has no end', () => {
    /** Walks until the error; `itemsOn` gives the items of each page, counted from 1. */
    async function endless(itemsOn: (page: number) => readonly number[]) {
      let pages = 0;
      const fetchPage = () => Promise.resolve({ items: itemsOn(++pages), nextToken: String(pages) });
      const failure = await failureOf(itemsOf(walkPages(fetchPage, THINGS)));
      assert.equal(failure.problem, 'unexpectedAnswer');
      assert.equal(failure.method, 'ListThings');
      assert.equal(lines.at(-1), failure.message);
      return { pages, detail: failure.detail };
    }
    const tenIdle = 'the API sent 10 pages without anything new';

    it('ends after ten empty pages', async () => {
      assert.deepEqual(await endless(() => []), { pages: 10, detail: tenIdle });
    });

    it('ends after ten pages like the first', async () => {
      assert.deepEqual(await endless(() => [1, 2, 3]), { pages: 11, detail: tenIdle });
    });

    it('ends after ten pages of a list that starts over, whatever the pages are cut like', async () => {
      const items = (page: number) => Array.from({ length: 7 }, (_, i) => (page * 7 + i) % 100);
      assert.deepEqual(await endless(items), { pages: 15 + 10, detail: tenIdle });
    });

    it('ends after two thousand pages, though each has something new', async () => {
      const { pages, detail } = await endless((page) => [1, page]);
      assert.deepEqual([pages, detail], [2001, 'the API sent more than 2000 pages']);
    });
  });

  it('passes nine pages in a row that bring nothing new, again and again', async () => {
    const idle = (page: number) => page % 10 !== 0;
    const pages = Array.from({ length: 200 }, (_, page) => ({
      items: idle(page) ? (page % 2 === 0 ? [] : [0]) : [page],
      nextToken: page === 199 ? undefined : String(page),
    }));
    const { asked, walk } = listOf(pages);
    assert.equal(new Set(await itemsOf(walk)).size, 20);
    assert.equal(asked.length, 200);
  });

  it('passes two thousand pages of new items', async () => {
    const { walk } = listOf(
      Array.from({ length: 2000 }, (_, page) => ({
        items: Array.from({ length: 100 }, (__, i) => page * 100 + i),
        nextToken: page === 1999 ? undefined : String(page),
      })),
    );
    assert.equal((await itemsOf(walk)).length, 200_000);
  });

  it('lets a list end on a page without anything new', async () => {
    const { asked, walk } = listOf([
      ...Array.from({ length: 9 }, (_, page) => ({ items: [], nextToken: String(page) })),
      { items: [], nextToken: undefined },
    ]);
    assert.deepEqual(await itemsOf(walk), []);
    assert.equal(asked.length, 10);
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
