import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromJson, toJson } from '@bufbuild/protobuf';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { Salvager } from '../../../src/api/salvager.ts';
import { decode } from '../../../src/api/wire.ts';
import { LIST_RUNNERS } from '../../../src/api/runners.ts';
import { LIST_SCM_INTEGRATIONS } from '../../../src/api/scmIntegrations.ts';
import { readSteps } from '../../../src/inventory/cacheFormat.ts';
import { cacheWriteSteps } from '../../../src/inventory/cacheWriteSteps.ts';
import type { CompleteData, InventoryData } from '../../../src/inventory/model.ts';
import { inSlices } from '../../../src/base/slices.ts';
import { accountFingerprint, accountId } from '../../../src/account/account.ts';
import { InventoryCache } from '../../../src/inventory/inventoryCache.ts';
import { ListRunnersResponseSchema } from '../../sandbox/gen/gitpod/v1/runner_pb.js';
import { ListSCMIntegrationsResponseSchema } from '../../sandbox/gen/gitpod/v1/runner_configuration_pb.js';
import { sampleOrganization } from '../../sandbox/sampleOrganization.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../../sandbox/secretMarker.ts';

const ACME = { origin: 'https://ona.acme.example', organizationId: 'org-1' };
const OTHER = { ...ACME, organizationId: 'org-2' };
const ELSEWHERE = { ...ACME, origin: 'https://app.gitpod.io' };

/** The sample organization as the API sends it and we decode it. */
function sampleRows(): InventoryData {
  const { runners, integrations } = sampleOrganization();
  const wire = [
    toJson(ListRunnersResponseSchema, fromJson(ListRunnersResponseSchema, { runners: runners as never })),
    toJson(
      ListSCMIntegrationsResponseSchema,
      fromJson(ListSCMIntegrationsResponseSchema, { integrations: integrations as never }),
    ),
  ];
  return {
    runners: v.parse(LIST_RUNNERS.decoder, wire[0]).items,
    integrations: v.parse(LIST_SCM_INTEGRATIONS.decoder, wire[1]).items,
  };
}

const asOf = new Date('2026-11-24T08:00:00.000Z');
const cached: CompleteData = { data: sampleRows(), asOf };

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

describe('rows kept for the next window', () => {
  let folder: string;
  let lines: string[];
  const open = (maxBytes?: number, scope = 'scope-1') =>
    new InventoryCache({
      folder: join(folder, 'snapshots'),
      scope: () => Promise.resolve(scope),
      log: (line) => lines.push(line),
      maxBytes,
    });
  const forget = (cache: InventoryCache, ...owners: (typeof ACME)[]) =>
    cache.forget(owners.map((owner) => accountFingerprint(accountId(owner))));
  const files = () => readdir(join(folder, 'snapshots'));
  const onlyFile = async () => join(folder, 'snapshots', (await files())[0] ?? '');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-cache-'));
    lines = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are there again, equal to what was decoded down to the order of fields', async () => {
    await open().write(ACME, cached);
    const read = await open().read(ACME);
    assert.deepEqual(read, cached);
    assert.equal(JSON.stringify(read), JSON.stringify(cached));
    assert.deepEqual(lines, []);
  });

  it('come with what could not be read', async () => {
    const leftOut = {
      runners: [{ fault: 'runnerId is not string', key: '1' }],
      integrations: [{ fault: 'pat is not boolean', id: 'i', runnerId: 'r', key: '2' }],
      asOf: new Date('2026-11-24T07:00:00.000Z'),
    };
    const data = { ...cached.data, leftOut };
    await open().write(ACME, { data, asOf });
    assert.deepEqual(await open().read(ACME), { data, asOf });
    assert.deepEqual(lines, []);
  });

  it('come with fields that could not be read', async () => {
    const sent = { runnerId: 'r', status: { phase: true } };
    const [runner] = new Salvager(LIST_RUNNERS.item, decode).read([sent]).items;
    assert.deepEqual(runner?.unread, ['phase']);
    const data = { runners: [runner], integrations: [] };
    await open().write(ACME, { data, asOf });
    assert.deepEqual(await open().read(ACME), { data, asOf });
  });

  it('are frozen, as what is decoded is', async () => {
    await open().write(ACME, cached);
    const { data } = (await open().read(ACME)) ?? cached;
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(frozen));
    assert.ok(frozen(data));
  });

  it('are those of one organization at one origin', async () => {
    await open().write(ACME, cached);
    assert.equal(await open().read(OTHER), undefined);
    assert.equal(await open().read(ELSEWHERE), undefined);
    assert.deepEqual(lines, []);
  });

  it('are replaced by later ones, in one file that only its owner reads, and no draft stays', async () => {
    await open().write(ACME, cached);
    const later = { data: { runners: [], integrations: [] }, asOf: new Date() };
    await open().write(ACME, later);
    assert.deepEqual(await open().read(ACME), later);
    assert.equal((await files()).length, 1);
    assert.equal((await stat(await onlyFile())).mode & 0o077, 0);
  });

  it('hold no secret, though every answer carries them', async () => {
    assert.ok(JSON.stringify(sampleOrganization()).includes(SECRET_MARKER));
    await open().write(ACME, cached);
    const text = await readFile(await onlyFile(), 'utf8');
    assert.ok(text.includes('clientSecretSet'));
    assert.ok(!text.includes(SECRET_MARKER) && !text.includes(SECRET_MARKER_BASE64));
  });

  it('are forgotten with their account, even while they are being written', async () => {
    const cache = open();
    await cache.write(ELSEWHERE, cached);
    await Promise.all([cache.write(ACME, cached), cache.write(OTHER, cached), forget(cache, ACME, OTHER)]);
    assert.equal(await open().read(ACME), undefined);
    assert.equal(await open().read(OTHER), undefined);
    assert.deepEqual(await open().read(ELSEWHERE), cached);
  });

  it('stay if they belong to others who share the folder, even of the same organization', async () => {
    const stranger = open(undefined, 'scope-2');
    await stranger.write(ACME, cached);
    assert.equal(await open().read(ACME), undefined);
    await open().write(ACME, cached);
    await forget(open(), ACME, OTHER);
    assert.equal(await open().read(ACME), undefined);
    assert.deepEqual(await stranger.read(ACME), cached);
  });

  it('are deleted if they have not been written for 30 days, whoever they belong to', async () => {
    const day = 86_400;
    for (const [scope, days] of [
      ['scope-2', -31],
      ['scope-3', -29],
      // From a clock that was far ahead.
      ['scope-4', 400],
    ] as const) {
      await open(undefined, scope).write(ACME, cached);
      const file = (await files()).find((name) => name.startsWith(scope)) ?? '';
      const time = Date.now() / 1000 + days * day;
      await utimes(join(folder, 'snapshots', file), time, time);
    }
    await open().write(OTHER, cached);
    assert.deepEqual(
      (await files()).map((name) => name.slice(0, 7)),
      ['scope-1', 'scope-3'],
    );
  });

  it('replace the file of an earlier version, which had no scope', async () => {
    const first = join(folder, 'snapshots', `${hash(ACME.origin)}-${hash(ACME.organizationId)}.rows`);
    await mkdir(join(folder, 'snapshots'));
    await writeFile(first, 'old');
    await open().write(OTHER, cached);
    assert.equal((await files()).length, 2);
    await open().write(ACME, cached);
    assert.deepEqual(
      (await files()).filter((name) => first.endsWith(name)),
      [],
    );
  });

  it('of an earlier version are deleted with any sign-out, because nobody reads them any more', async () => {
    await open().write(OTHER, cached);
    const first = join(folder, 'snapshots', `${hash(ACME.origin)}-${hash(ACME.organizationId)}.rows`);
    await writeFile(first, 'old');
    await forget(open(), ACME);
    assert.equal((await files()).length, 1);
    assert.deepEqual(await open().read(OTHER), cached);
  });

  it('may be none at all, without a word', async () => {
    assert.equal(await open().read(ACME), undefined);
    await forget(open(), ACME);
    assert.deepEqual(lines, []);
  });

  it('are not kept where they are too many, nor are the earlier ones, and the log says so', async () => {
    await open().write(ACME, cached);
    await open(1000).write(ACME, cached);
    assert.deepEqual(await files(), []);
    assert.match(lines.join(), /larger than 1000 bytes/);
  });

  it('make room for the latest by giving up the oldest', async () => {
    await open().write(ACME, cached);
    const { size } = await stat(await onlyFile());
    await utimes(await onlyFile(), 1, 1);
    await open().write(OTHER, cached);
    const roomForTwo = open(size * 2.5);
    await roomForTwo.write(ELSEWHERE, cached);
    assert.equal(await open().read(ACME), undefined);
    assert.deepEqual(await open().read(OTHER), cached);
    assert.deepEqual(await open().read(ELSEWHERE), cached);
  });

  it('are told to be unreadable by the system, and loads go on', async () => {
    await writeFile(join(folder, 'snapshots'), 'a file where the folder should be');
    await open().write(ACME, cached);
    assert.equal(await open().read(ACME), undefined);
    assert.equal(lines.length, 2);
    assert.ok(lines.every((line) => /E[A-Z]+/.test(line) && !line.includes(folder)));
  });

  describe('that are broken are discarded with a line in the log:', () => {
    const breaks: Record<string, (text: string) => string> = {
      'an empty file': () => '',
      'a file that breaks off': (text) => text.slice(0, text.length / 2),
      'a file that breaks off between lines': (text) => text.slice(0, text.lastIndexOf('\n')),
      'the version that kept credentials in URLs': (text) => text.replace('"version":2', '"version":1'),
      'a later version': (text) => text.replace('"version":2', '"version":3'),
      'another organization': (text) => text.replace('org-1', 'org-9'),
      'a field of another type': (text) => text.replace('"pat":true', '"pat":"yes"'),
      'a field that is missing': (text) => text.replace('"scmId":', '"scm":'),
      'no text at all': () => '\0\u0001\ufffd',
    };
    for (const [name, change] of Object.entries(breaks)) {
      it(name, async () => {
        await open().write(ACME, cached);
        const file = await onlyFile();
        await writeFile(file, change(await readFile(file, 'utf8')));
        assert.equal(await open().read(ACME), undefined);
        assert.deepEqual(await files(), []);
        assert.equal(lines.length, 1);
        assert.match(lines[0] ?? '', /^Discarded the cached data: /);
      });
    }
  });

  it('are rows or nothing, whichever byte of the file is another one', async () => {
    const text = (await inSlices(cacheWriteSteps(ACME, cached, Infinity))) ?? '';
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.string({ minLength: 1, maxLength: 3 }),
        async (at, other) => {
          const broken = text.slice(0, at) + other + text.slice(at + 1);
          const result = await inSlices(readSteps(broken, ACME)).catch((error: unknown) => error);
          if (result instanceof Error) {
            assert.equal(result.name, 'UnreadableCacheError');
          } else {
            const { runners } = (result as CompleteData).data;
            assert.ok(
              runners.every(({ id, name, phase }) => [id, name, phase].every((x) => typeof x === 'string')),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
