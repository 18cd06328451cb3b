import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InventoryCache } from '../../../src/inventory/inventoryCache.ts';
import type { CompleteData } from '../../../src/inventory/model.ts';
import { runnerOf } from './fixtures.ts';

const ACME = { origin: 'https://ona.acme.example', organizationId: 'org-1' };

/** Rows with a runner of this name. */
function rowsAt(asOf: Date, name: string): CompleteData {
  return { data: { runners: [runnerOf({ id: '1', name })], integrations: [] }, asOf };
}

describe('rows kept by several windows', () => {
  let folder: string;
  const open = () =>
    new InventoryCache({
      folder,
      scope: () => Promise.resolve('scope-1'),
      log: (line) => assert.fail(line),
    });
  const keptName = async () => (await open().read(ACME))?.data.runners[0]?.name;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-cache-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are the newest, whichever window writes last', async () => {
    const now = Date.now();
    await open().write(ACME, rowsAt(new Date(now), 'newer'));
    await open().write(ACME, rowsAt(new Date(now - 1), 'older'));
    assert.equal(await keptName(), 'newer');
    await open().write(ACME, rowsAt(new Date(now), 'same time'));
    assert.equal(await keptName(), 'same time');
  });

  it('are replaced if their time is still to come, because a clock was wrong', async () => {
    await open().write(ACME, rowsAt(new Date(Date.now() + 3_600_000), 'from the future'));
    await open().write(ACME, rowsAt(new Date(), 'now'));
    assert.equal(await keptName(), 'now');
  });

  it('are replaced if they are of another version, which no window of this one can read', async () => {
    const now = Date.now();
    await open().write(ACME, rowsAt(new Date(now), 'other version'));
    const [name = ''] = await readdir(folder);
    const file = join(folder, name);
    await writeFile(file, (await readFile(file, 'utf8')).replace(/"version":\d+/, '"version":1'));
    await open().write(ACME, rowsAt(new Date(now - 1), 'readable'));
    assert.equal(await keptName(), 'readable');
  });
});
