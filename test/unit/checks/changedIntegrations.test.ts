import assert from 'node:assert/strict';
import { sampleData } from '../inventory/sampleEntries.ts';
import { CheckWorld, githubAndGitlab, integrationJson, liveRunner, organizationOf } from './checkWorld.ts';

const HOUR = 3_600_000;

describe('an answer of a runner', () => {
  let world: CheckWorld;

  beforeEach(async () => {
    world = await CheckWorld.open(
      organizationOf(
        [liveRunner('a')],
        [...githubAndGitlab(), integrationJson('a', 'bitbucket.org', { scmId: 'bitbucket' })],
      ),
    );
  });

  afterEach(() => world.close());

  const github = () => world.target('github.com', 'a');
  const change = (fields: object) => Object.assign(world.sandbox.organization.integrations[0] ?? {}, fields);

  describe('is void once the integration has another', () => {
    const changes: Record<string, object> = {
      host: { host: 'github.acme.example' },
      client: { oauth: { clientId: 'other', issuerUrl: 'https://id.example' } },
      issuer: { oauth: { clientId: 'client', issuerUrl: 'https://other.example' } },
      'sign-in method': { pat: false },
      directory: { virtualDirectory: '/tfs' },
    };
    for (const [what, fields] of Object.entries(changes)) {
      it(what, async () => {
        await world.check();
        await world.validate(github());
        change(fields);
        const { entry } = world.target('host' in fields ? 'github.acme.example' : 'github.com', 'a');
        assert.deepEqual(world.store.checksOf(entry), { access: {}, validation: {} });
        assert.deepEqual(world.store.answersOf(entry), {});
        assert.ok(world.accessOf(world.target('gitlab.com')).lastAnswer);
      });
    }

    it('client while a runner is being asked, whose answer is then about the earlier one', async () => {
      world.sandbox.latencyMs = 5;
      const checked = world.check([github()]);
      change({ oauth: { clientId: 'other' } });
      assert.deepEqual(world.accessOf(github()), {});
      await checked;
      assert.deepEqual(world.accessOf(github()), {});
    });

    it('client, which was asked about before the answer about the earlier one arrived', async () => {
      const { answer, asked } = world.holdAnswers();
      const earlier = world.check([github()]);
      await asked(1);
      change({ oauth: { clientId: 'other' } });
      const later = world.check([github()]);
      await asked(2);
      answer(1, true);
      await later;
      answer(0, false);
      await earlier;
      assert.equal(world.accessOf(github()).lastAnswer?.result.signedIn, true);
    });
  });

  it('stays after a refresh that finds the integration as it was', async () => {
    await world.check([github()]);
    // Another object with the same values.
    assert.ok(world.accessOf(github()).lastAnswer);
    change({ pat: false });
    change({ pat: true });
    assert.ok(world.accessOf(github()).lastAnswer);
  });

  describe('is void with another connection', () => {
    it('and listeners learn of it', async () => {
      await world.check();
      const before = world.changes;
      world.become();
      assert.deepEqual(world.accessOf(github()), {});
      assert.deepEqual(world.store.answeredAt(), []);
      assert.ok(world.changes > before);
    });

    it('even before its listeners are called', async () => {
      await world.check();
      world.session.connection = world.connect();
      assert.deepEqual(world.accessOf(github()), {});
    });

    it('and so is an answer that arrives afterwards', async () => {
      world.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'hang' });
      const run = world.check([github()]);
      await world.arrived(1);
      world.become();
      assert.equal((await run).unasked.length, 1);
      assert.deepEqual(world.accessOf(github()), {});
      assert.equal(world.store.running, 0);
    });

    it('or with none, when nothing is asked either', async () => {
      await world.check();
      world.sandbox.resetRecords();
      world.leave();
      assert.deepEqual(world.accessOf(github()), {});
      assert.equal((await world.validate(github())).kind, 'canceled');
      assert.equal((await world.check()).unasked.length, 3);
      assert.equal(world.sandbox.requests.length, 0);
    });
  });

  describe('may be about an earlier configuration', () => {
    /** A load finds what the organization has now, an hour after the previous one. */
    function load(before: ReturnType<typeof sampleData> | undefined, agoMs = 0): void {
      const asOf = new Date(world.now.getTime() - agoMs);
      world.store.noteChanges({
        before: before && { data: before, asOf: new Date(asOf.getTime() - HOUR) },
        after: { data: sampleData(world.sandbox.organization), asOf },
        at: asOf,
      });
    }
    const data = () => sampleData(world.sandbox.organization);
    const changedSince = async () => {
      await world.check([github()]);
      return world.accessOf(github()).lastAnswer?.changedSince;
    };

    it('if it has changed in the last 10 minutes', async () => {
      const before = data();
      change({ oauth: { clientId: 'other' } });
      load(before, 9 * 60_000);
      assert.deepEqual(await changedSince(), new Date(world.now.getTime() - 9 * 60_000 - HOUR));
      await world.validate(github());
      assert.ok(world.validationOf(github()).lastAnswer?.changedSince);
    });

    it('if it was added in the last 10 minutes', async () => {
      const before = data();
      load({ ...before, integrations: before.integrations.slice(1) });
      assert.deepEqual(await changedSince(), new Date(world.now.getTime() - HOUR));
    });

    it('but not if it changed earlier', async () => {
      const before = data();
      change({ oauth: { clientId: 'other' } });
      load(before, 10 * 60_000);
      assert.equal(await changedSince(), undefined);
    });

    it('but not if nothing that a runner is asked about has changed, or nothing is known of before', async () => {
      load(data());
      assert.equal(await changedSince(), undefined);
      load(undefined);
      assert.equal(await changedSince(), undefined);
    });

    it('but not with another key, whose owner may see other integrations', async () => {
      const before = data();
      load({ ...before, integrations: before.integrations.slice(1) });
      world.become();
      assert.equal(await changedSince(), undefined);
    });
  });
});
