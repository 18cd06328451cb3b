import assert from 'node:assert/strict';
import { DEFAULT_API_URL } from '../../../../src/account/apiUrl.ts';
import { detailsModel } from '../../../../src/views/details/detailsModel.ts';
import { groupByRunner } from '../../inventory/groupByRunner.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';

/** The rows about what a runner with so many entries reports about itself, on its own page and on an integration's. */
function pages(count: number) {
  const additionalInfo = Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value: `v${i}` }));
  const runner = runnerOf({ id: 'r', additionalInfo });
  const runners = groupByRunner({
    runners: [runner],
    integrations: [integrationOf({ id: 'i', runnerId: 'r' })],
  });
  const [entry] = runners;
  const [integration] = entry?.integrations ?? [];
  assert.ok(entry && integration);
  return [entry, integration].map((item) => {
    const model = detailsModel(item, runners, { asOf: undefined, pinned: false, apiUrl: DEFAULT_API_URL });
    const rows = model.sections.flatMap(({ advanced }) => advanced?.rows ?? []);
    return { model, rows: rows.filter(({ key }) => key.startsWith('info-')) };
  });
}

describe('what a runner reports about itself', () => {
  it('is all shown if it is not very much', () => {
    for (const { rows } of pages(100)) {
      assert.equal(rows.length, 100);
      assert.equal(rows.at(-1)?.label, 'k99');
    }
  });

  it('is cut if it is very much, with how many more there are', () => {
    for (const { rows, model } of pages(100_000)) {
      assert.equal(rows.length, 101);
      assert.deepEqual(rows.at(-1), {
        key: 'info-more',
        label: 'More',
        values: [{ text: 'and 99900 more', style: 'none' }],
        copyLabel: undefined,
      });
      assert.ok(JSON.stringify(model).length < 50_000, 'so the page gets little');
    }
  });
});
