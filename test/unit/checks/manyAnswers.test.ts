import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionStore } from '../../../src/account/session.ts';
import { Emitter } from '../../../src/base/event.ts';
import { AnswerKeeper } from '../../../src/checks/answerKeeper.ts';
import { checkTargets } from '../../../src/checks/checkTargets.ts';
import type { CheckStore } from '../../../src/checks/checkStore.ts';
import { sampleEntries } from '../inventory/sampleEntries.ts';
import { jane } from '../inventory/inventoryOf.ts';
import { integrationJson, liveRunner, organizationOf } from './checkWorld.ts';

describe('thousands of answers', () => {
  it('are written less and less often while they arrive', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ona-scm-many-'));
    const lines: string[] = [];
    let turns = 0;
    const scope = () => {
      turns++;
      return Promise.resolve('scope-1');
    };
    const session = {
      connection: {},
      account: { ...jane, subjectId: 'jane' },
      onDidChange: () => ({ dispose: () => undefined }),
    };
    const changed = new Emitter<void>();
    const store = {
      answered: 0,
      running: 1,
      kept: () => [],
      takeOver: () => undefined,
      onDidChange: changed.event,
    };
    const keeper = new AnswerKeeper({
      session: session as unknown as SessionStore,
      store: store as unknown as CheckStore,
      kept: { folder, scope, log: (line) => void lines.push(line) },
    });
    /** Waits until everything is written. */
    const settle = async () => {
      await keeper.forget([]);
      turns--;
    };
    await settle();
    turns = 0;
    for (; store.answered < 10_000; store.answered += 10) {
      changed.fire();
      await settle();
    }
    assert.ok(turns >= 5 && turns <= 10, `${turns} times`);
    const before = turns;
    store.running = 0;
    changed.fire();
    await settle();
    assert.equal(turns, before + 1);
    assert.deepEqual(lines, []);
    keeper.dispose();
    await rm(folder, { recursive: true });
  });

  it('are found again even if they are those of one runner', () => {
    const hosts = Array.from({ length: 3000 }, (_, i) => `${i}.example`);
    const runners = sampleEntries(
      organizationOf(
        [liveRunner('a')],
        hosts.map((host) => integrationJson('a', host)),
      ),
    );
    const chosen = runners.flatMap(({ integrations }) => integrations);
    let reads = 0;
    const counted = chosen.map((entry) =>
      Object.defineProperty(entry, 'ref', {
        get: () => (reads++, { ...entry.integration, kind: 'integration' }),
      }),
    );
    assert.equal(checkTargets(runners, counted).length, 3000);
    assert.ok(reads < 10 * 3000, `${reads} reads`);
  });
});
