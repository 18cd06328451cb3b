import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { type ItemChecks, NO_CHECKS } from '../../../../src/checks/checkState.ts';
import { tooltipOf } from '../../../../src/views/tree/tooltips.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { AS_OF, JANE, ROBOT, signInsOf } from '../../inventory/withStatuses.ts';
import { answersIn } from '../details/shownDetails.ts';
import { nodesByRunner } from './sampleNodes.ts';

const NOW = AS_OF;

/** The paragraphs after the table, with character references resolved and times of day left out. */
function notes(
  checks: Partial<ItemChecks>,
  subject = JANE,
  signIns?: ReturnType<typeof signInsOf>,
): string[] {
  const all = { ...NO_CHECKS, ...checks };
  const data = {
    runners: [runnerOf({ id: 'eu-id', name: 'eu' })],
    integrations: [integrationOf({ id: '1', runnerId: 'eu-id' })],
  };
  const [node] = nodesByRunner(data, { answersOf: () => answersIn(all), signIns }, NOW);
  assert.ok(node?.integrations[0]);
  const context = { signIns: signIns?.signIns, apiUrl: undefined, subject, checksOf: () => all };
  return tooltipOf(node.integrations[0], context)
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/\d\d:\d\d/g, 'HH:MM')
    .replaceAll(/\(command:onaScm\.connect\?[^)]*\)/g, '')
    .split('| `1` |')
    .slice(1)
    .flatMap((part) => part.split('\n\n'))
    .filter((part) => part !== '');
}

describe('the tooltip of an integration whose runner was asked', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: NOW }));
  afterEach(() => mock.timers.reset());

  const access = { lastAnswer: { result: { signedIn: false, wasSignedIn: false }, at: NOW } };
  const validation = { lastAnswer: { result: { valid: true, errors: [] }, at: NOW } };

  it('has what it answered, with the time, as far as that is no reason and no proof', () => {
    assert.deepEqual(notes({}), []);
    assert.deepEqual(notes({ access, validation }), [
      'eu says that you are not signed in to github.com.  \nasked eu at HH:MM · [Connect…]',
      'eu found the configuration valid.  \nasked eu at HH:MM',
    ]);
    const signedIn = { lastAnswer: { result: { signedIn: true, wasSignedIn: false }, at: NOW } };
    assert.deepEqual(notes({ access: signedIn }), [], 'the proof says it');
  });

  it('has why it did not answer, dated, after what it answered before', () => {
    const lastFailure = { error: { kind: 'notActive' }, at: NOW } as const;
    assert.deepEqual(notes({ access: { ...access, lastFailure } }).slice(1), [
      'Could not be checked at HH:MM: eu is not active, so it could not be asked.',
    ]);
    assert.deepEqual(notes({ validation: { lastFailure } }), [
      'Could not be validated at HH:MM: eu is not active, so it could not be asked.',
    ]);
  });

  it('follows what is on record, and names a service account', () => {
    const [onRecord, asked] = notes({ access }, ROBOT, signInsOf([], ROBOT));
    assert.match(onRecord ?? '', /no sign-in of the service account 9b7d2f0e is on record/);
    assert.match(asked ?? '', /^eu says that the service account 9b7d2f0e is not signed in/);
  });
});
