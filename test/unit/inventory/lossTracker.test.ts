import assert from 'node:assert/strict';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { LossTracker } from '../../../src/inventory/lossTracker.ts';
import type { Change } from '../../../src/inventory/changes.ts';
import {
  fieldChange,
  integrationPresence,
  methodChange,
  phaseChange,
  runnerPresence,
  versionChange,
} from './changeSamples.ts';
import { integrationOf } from './fixtures.ts';

/** What happens in a window, second by second. */
class World {
  now = 1_000_000;
  readonly losses = new LossTracker(() => this.now);
  /** The number of changes in each notification, and its second. */
  readonly told: { readonly second: number; readonly changes: readonly Change[] }[] = [];
  readonly #start = this.now;
  #integrations: readonly ScmIntegration[] = [];

  get second(): number {
    return (this.now - this.#start) / 1000;
  }

  /** Notes what a load has changed. */
  note(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'integrationAdded') {
        const { runner, integration, methods } = change;
        const oauth = methods.includes('oauth') ? { clientSecretSet: true } : undefined;
        const fields = { ...integration, runnerId: runner.id, pat: methods.includes('pat') };
        this.#integrations = [...this.#integrations, integrationOf({ ...fields, ...(oauth && { oauth }) })];
      }
    }
    this.losses.note(changes, this.#integrations);
  }

  /** @param loads what each load has changed, by its second */
  run(seconds: number, loads: Readonly<Record<number, readonly Change[]>>): void {
    for (let second = 0; second <= seconds; second++, this.now += 1000) {
      if (loads[second] !== undefined) {
        this.note(loads[second] ?? []);
      }
      const { dueAt } = this.losses;
      const changes = this.losses.due;
      // Whoever waits for that time misses nothing, and is not called in vain.
      assert.equal(changes.length > 0, dueAt !== undefined && dueAt <= this.now);
      if (changes.length > 0) {
        this.losses.pause(changes);
        this.told.push({ second: this.second, changes });
      }
    }
  }
}

const offline = phaseChange('r', 'ACTIVE', 'INACTIVE');
const online = phaseChange('r', 'INACTIVE', 'ACTIVE');
const removed = integrationPresence('integrationRemoved');
const added = integrationPresence('integrationAdded');
const oauthOff = methodChange('oauth', false);
const oauthOn = methodChange('oauth', true);

describe('what can break clones', () => {
  let world: World;

  beforeEach(() => {
    world = new World();
  });

  /** The changes that somebody is told of within 3 minutes, each as its kind. */
  const toldOf = (loads: Readonly<Record<number, readonly Change[]>>) => {
    world.run(180, loads);
    return world.told.map(({ second, changes }) => `${second}: ${changes.map(({ kind }) => kind).join()}`);
  };

  const told: [string, Record<number, readonly Change[]>, string[]][] = [
    ['a runner that went offline', { 0: [offline] }, ['60: phaseChanged']],
    [
      'a degraded runner that went offline',
      { 0: [phaseChange('r', 'DEGRADED', 'INACTIVE')] },
      ['60: phaseChanged'],
    ],
    ['a runner that is being deleted', { 0: [phaseChange('r', 'ACTIVE', 'DELETING')] }, ['60: phaseChanged']],
    [
      'a live runner that was removed, and not of its integrations',
      { 0: [removed], 1: [runnerPresence('runnerRemoved', 'us-staging')] },
      ['61: runnerRemoved'],
    ],
    [
      'a runner that went offline, though its phase was not known in between',
      { 0: [phaseChange('r', 'ACTIVE', 'UNSPECIFIED')], 5: [phaseChange('r', 'UNSPECIFIED', 'INACTIVE')] },
      ['65: phaseChanged'],
    ],
    ['an integration that was removed', { 0: [removed] }, ['60: integrationRemoved']],
    ['a method that was turned off', { 0: [oauthOff] }, ['60: methodChanged']],
    [
      'several in one notification',
      { 0: [offline], 5: [removed], 60: [], 70: [oauthOff] },
      ['60: phaseChanged', '120: integrationRemoved', '180: methodChanged'],
    ],
    [
      'several at the same time',
      { 0: [offline, removed, oauthOff, methodChange('pat', false)] },
      ['60: phaseChanged,integrationRemoved,methodChanged,methodChanged'],
    ],
    [
      'a runner that is offline since a minute, though it is being deleted now',
      { 0: [offline], 30: [phaseChange('r', 'INACTIVE', 'DELETING')] },
      ['60: phaseChanged'],
    ],
    [
      'an integration of a runner that is back',
      {
        0: [
          runnerPresence('runnerRemoved', 'us-staging', { phase: 'RUNNER_PHASE_INACTIVE' }),
          runnerPresence('runnerAdded', 'us-staging', { phase: 'RUNNER_PHASE_INACTIVE' }),
        ],
        1: [removed],
      },
      ['61: integrationRemoved'],
    ],
    [
      'an integration that was replaced by one without OAuth',
      { 0: [removed, integrationPresence('integrationAdded', { methods: ['pat'] })] },
      ['60: integrationRemoved'],
    ],
    [
      'a runner that came back for too short a time',
      { 0: [offline], 30: [online], 31: [offline] },
      ['91: phaseChanged'],
    ],
  ];
  for (const [title, loads, expected] of told) {
    it(`is ${title}`, () => assert.deepEqual(toldOf(loads), expected));
  }

  const untold: [string, Record<number, readonly Change[]>][] = [
    ['a runner that came back within a minute', { 0: [offline], 59: [online] }],
    [
      'a runner that was removed and is back',
      { 0: [runnerPresence('runnerRemoved', 'r')], 20: [runnerPresence('runnerAdded', 'r')] },
    ],
    ['an integration that was added again', { 0: [removed], 30: [added] }],
    ['an integration that was replaced in one load', { 0: [removed, added] }],
    [
      'an integration of a runner that was removed before it, however long ago',
      {
        0: [runnerPresence('runnerRemoved', 'us-staging', { phase: 'RUNNER_PHASE_INACTIVE' })],
        90: [removed],
      },
    ],
    [
      'an integration that was replaced by one with another id and spelling',
      {
        0: [removed],
        9: [integrationPresence('integrationAdded', { id: 'j', host: 'GitLab.acme.example.' })],
      },
    ],
    ['a method that was turned on again', { 0: [oauthOff], 30: [oauthOn] }],
    [
      'a method that was turned on again at another host',
      {
        0: [oauthOff],
        30: [fieldChange('host', 'a', 'b', { host: 'b' }), methodChange('oauth', true, { host: 'b' })],
      },
    ],
    [
      'a local runner that went offline: its computer is off',
      { 0: [phaseChange('r', 'ACTIVE', 'INACTIVE', { kind: 'RUNNER_KIND_LOCAL' })] },
    ],
    ['a runner whose phase is not known', { 0: [phaseChange('r', 'ACTIVE', 'UNSPECIFIED')] }],
    ['a runner with a phase that is new to this version', { 0: [phaseChange('r', 'ACTIVE', 'NAPPING')] }],
    ['a runner that became degraded', { 0: [phaseChange('r', 'ACTIVE', 'DEGRADED')] }],
    [
      'a runner that was not live before',
      {
        0: [phaseChange('r', 'INACTIVE', 'DELETING')],
        9: [runnerPresence('runnerRemoved', 's', { phase: 'RUNNER_PHASE_INACTIVE' })],
      },
    ],
    [
      'what the key no longer sees',
      {
        0: [
          runnerPresence('runnerRemoved', 'r', { byVisibility: true }),
          integrationPresence('integrationRemoved', { byVisibility: true }),
        ],
      },
    ],
    [
      'what was lost before the key no longer saw it',
      {
        0: [offline, oauthOff],
        9: [
          runnerPresence('runnerRemoved', 'r', { byVisibility: true }),
          integrationPresence('integrationRemoved', { byVisibility: true }),
        ],
      },
    ],
    [
      'anything else',
      {
        0: [
          added,
          oauthOn,
          versionChange('r', '1', '2'),
          fieldChange('issuerUrl', 'a', 'b'),
          runnerPresence('runnerAdded', 's'),
        ],
      },
    ],
  ];
  for (const [title, loads] of untold) {
    it(`is not ${title}`, () => assert.deepEqual(toldOf(loads), []));
  }

  it('is told only of the method that stays off', () => {
    assert.deepEqual(toldOf({ 0: [oauthOff, methodChange('pat', false)], 30: [oauthOn] }), [
      '60: methodChanged',
    ]);
    const [change] = world.told[0]?.changes ?? [];
    assert.equal(change?.kind === 'methodChanged' && change.method, 'pat');
  });

  it('is never told of a runner that comes and goes 60 times a minute, until it stays away', () => {
    const flapping = Array.from(
      { length: 600 },
      (_, second) => [second, [second % 2 === 0 ? offline : online]] as const,
    );
    world.run(720, Object.fromEntries([...flapping, [600, [offline]]]));
    assert.deepEqual(
      world.told.map(({ second }) => second),
      [660],
    );
  });

  it('is told of at most once a minute, however many runners go', () => {
    const going = Array.from(
      { length: 600 },
      (_, second) => [second, [phaseChange(`r${second}`, 'ACTIVE', 'INACTIVE')]] as const,
    );
    world.run(780, Object.fromEntries(going));
    const seconds = world.told.map(({ second }) => second);
    assert.deepEqual(seconds, [60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 660]);
    assert.equal(world.told.flatMap(({ changes }) => changes).length, 600);
  });

  it('is told a minute later if another window has told of something else', () => {
    world.note([offline, removed]);
    world.now += 60_000;
    world.losses.pause([removed]);
    assert.deepEqual(toldOf({}), ['120: phaseChanged']);
  });

  it('is told later if nobody could be told at the time', () => {
    world.note([offline, removed]);
    world.now += 500_000;
    world.note([added]);
    assert.deepEqual(world.losses.due, [offline]);
  });
});
