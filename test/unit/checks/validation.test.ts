import assert from 'node:assert/strict';
import { CheckWorld, githubAndGitlab, liveRunner, organizationOf } from './checkWorld.ts';

describe('what a runner found in a configuration', () => {
  let world: CheckWorld;

  beforeEach(async () => {
    world = await CheckWorld.open(organizationOf([liveRunner('a')], githubAndGitlab()));
  });

  afterEach(() => world.close());

  const github = () => world.target('github.com', 'a');

  it('says which fields are wrong, in the words of the runner', async () => {
    world.sandbox.organization.validations = [
      {
        runnerId: github().entry.integration.runnerId,
        host: 'github.com',
        answers: [{ valid: false, hostError: 'no route', patError: 'no scope' }, {}, null],
      },
    ];
    await world.validate(github());
    assert.deepEqual(world.validationOf(github()).lastAnswer?.result, {
      valid: false,
      errors: [
        { field: 'host', text: 'no route' },
        { field: 'pat', text: 'no scope' },
      ],
    });
    await world.validate(github());
    const { lastAnswer } = world.validationOf(github());
    assert.deepEqual(lastAnswer?.result, { valid: false, errors: [] });
    // The runner says nothing about the integration.
    await world.validate(github());
    assert.deepEqual(world.validationOf(github()), {
      lastAnswer,
      lastFailure: { error: { kind: 'noResult' }, at: world.now },
    });
  });

  it('is about what was sent, without any secret', async () => {
    await world.validate(github());
    await world.validate(world.target('gitlab.com'));
    const { id, runnerId } = github().entry.integration;
    assert.deepEqual(world.bodies, [
      {
        runnerId,
        scmIntegration: {
          id,
          scmId: 'github',
          host: 'github.com',
          pat: true,
          oauthClientId: 'client',
          issuerUrl: 'https://id.example',
        },
      },
      {
        runnerId,
        scmIntegration: {
          id: world.target('gitlab.com').entry.integration.id,
          scmId: 'gitlab',
          host: 'gitlab.com',
          pat: true,
        },
      },
    ]);
  });
});
