import assert from 'node:assert/strict';
import { exportFileName } from '../../../src/formats/fileName.ts';

describe('the file name of an export', () => {
  const date = new Date(2026, 0, 5, 23, 59);
  for (const [organization, name] of [
    ['Acme', 'acme-scm-integrations-2026-01-05.csv'],
    ['Grüße & Söhne, Inc.', 'grüße-söhne-inc-scm-integrations-2026-01-05.csv'],
    ['../../etc/passwd', 'etc-passwd-scm-integrations-2026-01-05.csv'],
    ['', 'ona-scm-integrations-2026-01-05.csv'],
    ['//', 'ona-scm-integrations-2026-01-05.csv'],
    ['x'.repeat(500), `${'x'.repeat(60)}-scm-integrations-2026-01-05.csv`],
  ] as const) {
    it(`of ${JSON.stringify(organization.slice(0, 20))} is plain`, () =>
      assert.equal(exportFileName(organization, date, 'csv'), name));
  }

  it('has room on every file system, however long the organization is in any script', () => {
    for (const letter of ['x', 'ü', 'あ', '𠮷']) {
      for (let length = 1; length < 130; length++) {
        const name = exportFileName(letter.repeat(length), date, 'json');
        assert.ok(name.startsWith(letter) && name.isWellFormed() && !name.includes('\ufffd'), name);
        assert.ok(Buffer.byteLength(name) <= 143, name);
      }
    }
    assert.equal(
      exportFileName('あ'.repeat(60), date, 'csv'),
      `${'あ'.repeat(33)}-scm-integrations-2026-01-05.csv`,
    );
  });
});
