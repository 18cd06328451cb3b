import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { exportSteps } from '../../../src/formats/exportText.ts';
import type { Answers } from '../../../src/inventory/statusFacts.ts';
import { messagesOf } from '../../../src/words/messagesOf.ts';
import { atOnce } from '../base/atOnce.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { withStatuses } from '../inventory/withStatuses.ts';

const COLUMNS = ['signed_in', 'access_asked_at', 'valid', 'validation_asked_at', 'status'];

/** What a CSV export says about the answers of a runner. */
function cellsOf(answers: Answers): (string | undefined)[] {
  const data = { runners: [runnerOf({ id: 'r' })], integrations: [integrationOf({ runnerId: 'r' })] };
  const [runner] = withStatuses(data, { answersOf: () => answers });
  const entry = runner?.integrations[0];
  assert.ok(entry);
  const file = atOnce(exportSteps([{ entry, runner }], 'csv', messagesOf([runner]), () => undefined));
  const [record = {}] = parse<Record<string, string>>(Buffer.from(file), { bom: true, columns: true });
  return COLUMNS.map((name) => record[name]);
}

describe('an export to CSV of what runners answered', () => {
  const at = new Date('2025-01-02T14:00:00Z');
  const time = '2025-01-02T14:00:00.000Z';

  it('has each last answer with its time, however long ago', () => {
    const answers = {
      access: { signedIn: false, at, wasSignedIn: false },
      validation: { valid: true, errors: [], at },
    };
    assert.deepEqual(cellsOf(answers), ['false', time, 'true', time, 'unchecked']);
  });

  it('has empty cells for what was not asked', () => {
    assert.deepEqual(cellsOf({}), ['', '', '', '', 'unchecked']);
  });
});
