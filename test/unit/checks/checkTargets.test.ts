import assert from 'node:assert/strict';
import { checkTargets } from '../../../src/checks/checkTargets.ts';
import { integrationEntry, runnerEntry, sampleEntries } from '../inventory/sampleEntries.ts';

describe('what is checked', () => {
  const runners = sampleEntries();
  const production = runnerEntry(runners, 'eu-production');
  const github = integrationEntry(runners, 'eu-production', 'github.com');
  const said = (...chosen: Parameters<typeof checkTargets>[1][]) =>
    checkTargets(
      runners,
      chosen.flat().filter((item) => item !== undefined),
    ).map(({ entry, runner }) => `${runner.runner?.name ?? ''} ${entry.integration.host}`);

  it('is every integration once, whether it or its runner was chosen', () => {
    const all = production.integrations.map(({ integration }) => `eu-production ${integration.host}`);
    assert.equal(all.length, 4);
    assert.deepEqual(said([github]), ['eu-production github.com']);
    assert.deepEqual(said([production]), all);
    assert.deepEqual(said([github, production, github]).sort(), all.sort());
  });

  it('is all that a runner has, even if a filter hides some', () => {
    assert.equal(said([{ ...production, integrations: [github] }]).length, 4);
  });

  it('is everything if nothing was chosen, and nothing that is gone', () => {
    assert.equal(checkTargets(runners, undefined).length, 16);
    assert.deepEqual(said([runnerEntry(runners, 'lab')]), []);
    assert.deepEqual(checkTargets([], [github, production]), []);
  });
});
