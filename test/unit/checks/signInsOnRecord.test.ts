import assert from 'node:assert/strict';
import { deterministicUuid } from '../../sandbox/deterministicUuid.ts';
import { sampleEntries, sampleSignIns } from '../inventory/sampleEntries.ts';
import { CheckWorld, integrationJson, liveRunner, organizationOf } from './checkWorld.ts';

describe('the answer that somebody is signed in', () => {
  let world: CheckWorld;

  beforeEach(async () => {
    world = await CheckWorld.open(organizationOf([liveRunner('a')], [integrationJson('a', 'github.com')]));
    world.sandbox.organization.access = [
      { runnerId: deterministicUuid('a'), host: 'github.com', answers: [{ authenticated: true }] },
    ];
  });

  afterEach(() => world.close());

  /** The rows as the window shows them after a refresh. */
  function refresh(isListed = true) {
    const { organization } = world.sandbox;
    const facts = {
      ...(isListed && { signIns: sampleSignIns(organization) }),
      answersOf: world.store.answersOf.bind(world.store),
    };
    const runners = sampleEntries(organization, facts, world.now);
    world.store.noteSignIns(runners);
    return runners;
  }

  function targetOf([runner = assert.fail()]: ReturnType<typeof refresh>) {
    const [entry = assert.fail()] = runner.integrations;
    return { entry, runner };
  }

  const status = () => targetOf(refresh()).entry.status.own;

  const signIn = (id: string) => {
    world.sandbox.organization.tokens = [
      {
        id,
        runnerId: deterministicUuid('a'),
        host: 'github.com',
        source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH',
        subject: { id: world.sandbox.organization.user.id, principal: 'PRINCIPAL_USER' },
      },
    ];
  };

  const signOut = () => {
    world.sandbox.organization.tokens = [];
  };

  for (const [when, isListed] of [
    ['before the sign-in is on record', true],
    ['before it is known which sign-ins are on record', false],
  ] as const) {
    it(`is void once that sign-in is gone, even if it was given ${when}`, async () => {
      await world.check([targetOf(refresh(isListed))]);
      assert.equal(status(), 'works');
      signIn('t1');
      assert.equal(status(), 'works');
      const { changes } = world;
      signIn('t2');
      assert.equal(status(), 'works');
      assert.equal(world.changes, changes, 'nothing new');
      signOut();
      assert.equal(status(), 'unchecked');
    });

    it(`is kept for the next window with the sign-in that came on record later, given ${when}`, async () => {
      await world.check([targetOf(refresh(isListed))]);
      const { answered } = world.store;
      signIn('t1');
      refresh();
      assert.equal(world.store.answered, answered + 1);
      const [kept] = world.store.kept();
      assert.deepEqual(kept?.result, { signedIn: true, wasSignedIn: false, onRecord: ['t1 '] });
    });
  }

  it('stands if no sign-in is ever on record', async () => {
    await world.check([targetOf(refresh())]);
    assert.deepEqual([status(), status()], ['works', 'works']);
  });
});
