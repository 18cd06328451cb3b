import assert from 'node:assert/strict';
import { terraformImport } from '../../../src/formats/terraformImport.ts';

const names = (hosts: readonly (readonly [runner: string, host: string])[]) =>
  [
    ...terraformImport(hosts.map(([runnerName, host]) => ({ id: 'i', runnerName, host }))).matchAll(
      /to = ona_scm_integration\.(.*)/g,
    ),
  ].map(([, name]) => name);

const idLine = (id: string) => terraformImport([{ id, runnerName: 'eu', host: 'github.com' }]).split('\n')[2];

describe('a Terraform import block', () => {
  it('stands over lines, with a blank one between two', () => {
    const integration = { id: 'i', runnerName: 'eu-production', host: 'github.com' };
    assert.equal(
      terraformImport([integration, { ...integration, id: 'j' }]),
      `import {
  to = ona_scm_integration.eu_production_github_com
  id = "i"
}

import {
  to = ona_scm_integration.eu_production_github_com_2
  id = "j"
}
`,
    );
  });

  it('has a name that HCL takes, whatever the runner and host are called', () => {
    assert.deepEqual(
      names([
        ['Büro (Köln)', 'dev.azure.com/acme:8443'],
        ['3rd', 'x'],
        ['東京', ''],
        ['', '${evil}"'],
        ['x'.repeat(500), 'y'],
      ]),
      ['buro_koln_dev_azure_com_acme_8443', 'scm_3rd_x', 'scm', 'evil', 'x'.repeat(80)],
    );
  });

  it('never uses a name twice, not even one that an ordinal makes', () => {
    const made = names([
      ['a', 'b'],
      ['a', 'b 2'],
      ['a', 'b'],
      ['A', 'B'],
    ]);
    assert.deepEqual(made, ['a_b', 'a_b_2', 'a_b_3', 'a_b_4']);
  });

  for (const [id, literal] of [
    ['plain-id', 'plain-id'],
    ['a"b\\c', 'a\\"b\\\\c'],
    ['${file("/etc/passwd")}', '$${file(\\"/etc/passwd\\")}'],
    ['%{ if true }', '%%{ if true }'],
    ['$${x}', '\\u0024$${x}'],
    ['$%{x}', '\\u0024%%{x}'],
    ['a\nb\r\u2028', 'a\\u000ab\\u000d\\u2028'],
    ['$ { 100% }', '$ { 100% }'],
    ['\ud800', '\ufffd'],
  ] as const) {
    it(`writes the id ${JSON.stringify(id)} as a literal`, () => {
      assert.equal(idLine(id), `  id = "${literal}"`);
    });
  }
});
