import assert from 'node:assert/strict';
import { diagnosisLeftOut, diagnosisOf } from '../../../src/commands/diagnosisOf.ts';
import { type ItemChecks, NO_CHECKS } from '../../../src/checks/checkState.ts';
import { diagnosisText } from '../../../src/formats/diagnosis.ts';
import { timeText } from '../../../src/words/numbersAndDates.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { readyState } from '../inventory/inventoryStates.ts';
import { AS_OF, ROBOT, withStatuses } from '../inventory/withStatuses.ts';
import { answersIn } from '../views/details/shownDetails.ts';

const AT = timeText(AS_OF, { dateStyle: 'medium', timeStyle: 'long' });

/** The lines about an integration after those that every integration has. */
function linesWith(checks: Partial<ItemChecks>, subject = undefined as typeof ROBOT | undefined): string {
  const all = { ...NO_CHECKS, ...checks };
  const data = {
    runners: [runnerOf({ id: 'eu-id', name: 'eu' })],
    integrations: [integrationOf({ id: 'i-1', runnerId: 'eu-id' })],
  };
  const runners = withStatuses(data, { answersOf: () => answersIn(all) });
  const place = {
    programs: [],
    apiHost: 'app.gitpod.io',
    organization: undefined,
    state: readyState(data, AS_OF),
    subject,
    checksOf: () => all,
  };
  const text = diagnosisText(diagnosisOf(place, runners, runners[0]?.integrations), diagnosisLeftOut);
  return /- Integration ID: `i-1`\n(.*)- Runner: `eu`\n/s.exec(text)?.[1] ?? text;
}

describe('the diagnosis of an integration whose runner was asked', () => {
  const access = { lastAnswer: { result: { signedIn: false, wasSignedIn: false }, at: AS_OF } };

  it('has what it answered, each with its call and its exact time', () => {
    const validation = { lastAnswer: { result: { valid: true, errors: [] }, at: AS_OF } };
    assert.equal(
      linesWith({ access, validation }),
      `- Access: \`eu says that you are not signed in to github.com.\` (CheckAuthenticationForHost, ${AT})\n` +
        `- Validation: \`eu found the configuration valid.\` (ValidateRunnerConfiguration, ${AT})\n`,
    );
    assert.equal(linesWith({}), '');
  });

  it('has why it did not answer later, and that it may not have known of a change', () => {
    const lastFailure = { error: { kind: 'notActive' }, at: AS_OF } as const;
    const lastAnswer = { ...access.lastAnswer, changedSince: AS_OF };
    const [, change = '', failure] = linesWith({ access: { lastAnswer, lastFailure } }).split('\n');
    assert.match(change, /^ {2}- `The integration has changed since .*\.`$/);
    assert.equal(
      failure,
      `  - \`eu is not active, so it could not be asked.\` (CheckAuthenticationForHost, ${AT})`,
    );
    assert.equal(
      linesWith({ validation: { lastFailure } }),
      `- Validation: \`eu is not active, so it could not be asked.\` (ValidateRunnerConfiguration, ${AT})\n`,
    );
  });

  it('names a service account', () => {
    assert.match(linesWith({ access }, ROBOT), /the service account 9b7d2f0e is not signed in/);
  });
});
