import assert from 'node:assert/strict';
import { type ChangedPart, EventQueue, type Reread } from '../../../../src/inventory/live/eventQueue.ts';

const full = (id: string | number): ChangedPart => ({ kind: 'runner', id: String(id), isStatus: false });
const status = (id: string | number): ChangedPart => ({ kind: 'runner', id: String(id), isStatus: true });
const SIGN_INS: ChangedPart = { kind: 'signIns' };
const NEW: ChangedPart = { kind: 'integration', id: 'new' };

/** A queue whose reads take no time, and its clock. */
function queueWorld() {
  const queue = new EventQueue();
  const reads: { readonly at: number; readonly read: Reread }[] = [];
  const self = {
    now: 0,
    /** What the next reads show. */
    isNew: (() => true) as (change: ChangedPart) => boolean,
    reads,
    /** The integrations that the rows have. */
    known: [] as string[],
    add: (...changes: ChangedPart[]) => changes.forEach((change) => queue.add(change, self.now)),
    /** Lets time pass, and reads what is due. */
    until: (end: number): void => {
      for (let { nextAt } = queue; nextAt !== undefined && nextAt <= end; { nextAt } = queue) {
        self.now = Math.max(self.now, nextAt);
        const read = queue.take(self.now, (id) => self.known.includes(id));
        if (read !== undefined) {
          reads.push({ at: self.now, read });
          queue.end((change) => self.isNew(change), self.now);
        }
      }
      self.now = end;
    },
    /** The times of the reads so far. */
    times: () => reads.map(({ at }) => at),
    last: () => reads.at(-1)?.read ?? assert.fail('nothing was read'),
  };
  return self;
}

describe('events', () => {
  it('of a runner are gathered for half a second, and read it and its integrations', () => {
    const { add, until, reads } = queueWorld();
    add(full('a'));
    until(300);
    add(full('a'));
    until(60_000);
    const read = { runnerIds: ['a'], allRunners: false, integrationsOf: ['a'], signIns: false, lists: false };
    assert.deepEqual(reads, [{ at: 500, read }]);
  });

  it('of a status read only the runner', () => {
    const { add, until, last } = queueWorld();
    add(status('a'));
    until(1_000);
    assert.deepEqual([last().runnerIds, last().integrationsOf], [['a'], []]);
  });

  it('of a status are part of reading the whole runner', () => {
    const { add, until, reads, last } = queueWorld();
    add(status('a'), full('a'));
    until(60_000);
    assert.equal(reads.length, 1);
    assert.deepEqual([last().runnerIds, last().integrationsOf], [['a'], ['a']]);
  });

  it('of sign-ins read only those', () => {
    const { add, until, last } = queueWorld();
    add(SIGN_INS);
    until(1_000);
    assert.deepEqual([last().signIns, last().runnerIds, last().lists], [true, [], false]);
  });

  it('read the same runner at most every 10 s', () => {
    const { add, until, times } = queueWorld();
    for (let at = 0; at < 30_000; at += 1_000) {
      until(at);
      add(full('a'));
    }
    until(60_000);
    assert.deepEqual(times(), [500, 10_500, 20_500, 30_500]);
  });

  it('of a status do not read a runner again that has just been read in full, but not the other way round', () => {
    const later = queueWorld();
    later.add(full('a'));
    later.until(1_000);
    later.add(status('a'));
    later.until(60_000);
    assert.deepEqual(later.times(), [500, 10_500]);
    const first = queueWorld();
    first.add(status('a'));
    first.until(1_000);
    first.add(full('a'));
    first.until(60_000);
    assert.deepEqual(first.times(), [500, 1_500]);
  });

  it('of up to 4 runners read each; of more, the pages of all runners', () => {
    const few = queueWorld();
    few.add(...[1, 2, 3, 4].map(full));
    few.until(1_000);
    assert.deepEqual([few.last().runnerIds.length, few.last().allRunners], [4, false]);
    const many = queueWorld();
    many.add(...[1, 2, 3, 4, 5].map(full));
    many.until(1_000);
    assert.deepEqual([many.last().runnerIds.length, many.last().allRunners], [0, true]);
    assert.equal(many.last().integrationsOf.length, 5);
  });

  it('of runners that change one after another read each at once', () => {
    const { add, until, reads } = queueWorld();
    for (let second = 0; second < 20; second++) {
      until(second * 1_000);
      add(full(second));
    }
    until(60_000);
    assert.deepEqual(
      reads.map(({ at, read }) => `${at}: ${read.runnerIds.join()}`),
      Array.from({ length: 20 }, (_, second) => `${second * 1_000 + 500}: ${second}`),
    );
  });

  it('of runners that change all the time read at most 20 each in 30 s, and the rest together', () => {
    const { add, until, reads } = queueWorld();
    for (let at = 0; at < 300_000; at += 200) {
      until(at);
      add(full(at));
    }
    until(400_000);
    const single = reads.flatMap(({ at, read }) => read.runnerIds.map(() => at));
    assert.ok(single.every((at, index) => at - (single[index - 20] ?? -Infinity) >= 30_000));
    const many = reads.filter(({ read }) => read.allRunners).map(({ at }) => at);
    assert.ok(many.every((at, index) => at - (many[index - 1] ?? -Infinity) >= 30_000));
    assert.equal(new Set(reads.flatMap(({ read }) => read.integrationsOf)).size, 1_500);
  });

  it('of more than 4 runners read each if the pages have just been read', () => {
    const { add, until, last } = queueWorld();
    add(...[1, 2, 3, 4, 5].map(full));
    until(1_000);
    add(...[6, 7, 8, 9, 10].map(full));
    until(2_000);
    assert.deepEqual(last().runnerIds, ['6', '7', '8', '9', '10']);
  });

  it('of an integration that nobody knows read everything, at most every 30 s', () => {
    const { add, until, times, last } = queueWorld();
    for (let at = 0; at < 60_000; at += 5_000) {
      until(at);
      add(NEW);
    }
    until(120_000);
    assert.equal(last().lists, true);
    assert.deepEqual(times(), [500, 30_500, 60_500]);
  });

  it('of an integration that nobody knows read everything although there is always another event', () => {
    const { add, until, reads } = queueWorld();
    add(NEW);
    for (let at = 0; at < 300_000; at += 400) {
      until(at);
      add(status(at));
    }
    assert.ok(reads.some(({ read }) => read.lists));
  });

  it('of an integration that nobody knows read nothing more if the runner of another event has it', () => {
    const world = queueWorld();
    world.add(NEW, full('a'));
    world.until(600);
    assert.deepEqual(world.last().runnerIds, ['a']);
    world.known.push('new');
    world.until(60_000);
    assert.deepEqual(world.times(), [500]);
  });

  it('of an integration that nobody knows read everything if the runner of another event does not have it', () => {
    const world = queueWorld();
    world.add(NEW, full('a'));
    world.until(60_000);
    assert.deepEqual(world.times(), [500, 1_000]);
    assert.equal(world.last().lists, true);
  });

  it('that have shown nothing new are read again after 2 s and after 10 s, and then no more', () => {
    const world = queueWorld();
    world.isNew = () => false;
    world.add(full('a'));
    world.until(600_000);
    assert.deepEqual(world.times(), [500, 2_500, 10_500]);
  });

  it('are not read again once they have shown something new', () => {
    const world = queueWorld();
    world.isNew = () => false;
    world.add(full('a'));
    world.until(1_000);
    world.isNew = () => true;
    world.until(600_000);
    assert.deepEqual(world.times(), [500, 2_500]);
  });

  it('of those that were read together repeat only those that have shown nothing new', () => {
    const world = queueWorld();
    world.isNew = (change) => change.kind === 'runner' && change.id === 'a';
    world.add(full('a'), full('b'));
    world.until(600_000);
    assert.deepEqual(
      world.reads.map(({ read }) => read.runnerIds),
      [['a', 'b'], ['b'], ['b']],
    );
  });

  it('are forgotten if everything will be read', () => {
    const queue = new EventQueue();
    queue.add(full('a'), 0);
    queue.clear();
    assert.equal(queue.nextAt, undefined);
    assert.equal(queue.take(60_000), undefined);
  });

  for (const isNew of [true, false]) {
    it(`of 200 runners that report every 30 s for an hour cost little, ${isNew ? 'with' : 'without'} news`, () => {
      const world = queueWorld();
      world.isNew = () => isNew;
      const HOUR = 3_600_000;
      for (let at = 0; at < HOUR; at += 150) {
        world.until(at);
        world.add(status((at / 150) % 200));
      }
      world.until(HOUR + 60_000);
      const pages = world.reads.filter(({ read }) => read.allRunners).length * 2;
      const single = world.reads.reduce((sum, { read }) => sum + read.runnerIds.length, 0);
      // Two pages every 30 s, and nothing beside them but what comes first.
      assert.ok(pages <= 2 * 122 && single <= 4, `${pages} pages, ${single} single runners`);
    });
  }

  it('of a storm do not delay a runner whose integrations have changed', () => {
    const world = queueWorld();
    for (let at = 0; at < 70_000; at += 150) {
      world.until(at);
      world.add(status((at / 150) % 200));
    }
    world.add(full('changed'));
    world.until(70_600);
    assert.ok(world.last().runnerIds.includes('changed'));
    assert.deepEqual(world.last().integrationsOf, ['changed']);
  });
});
