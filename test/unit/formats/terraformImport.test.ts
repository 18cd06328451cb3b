import assert from 'node:assert/strict';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { terraformImport, type TerraformItem } from '../../../src/formats/terraformImport.ts';
import { integrationOf } from '../inventory/fixtures.ts';

/** By personal access token, so without a note. */
function item(
  fields: Partial<ScmIntegration>,
  runnerName = 'eu-production',
  isInherited = false,
): TerraformItem {
  return { entry: { integration: integrationOf({ id: 'i', ...fields }), isInherited }, runnerName };
}

/** The comments, as plain text. */
function comments(...items: readonly TerraformItem[]): string {
  const lines = terraformImport(items).split('\n');
  return lines.flatMap((line) => (line.startsWith('# ') ? [line.slice(2)] : [])).join(' ');
}

const oauth = { clientId: 'acme', clientSecretSet: true };

const names = (hosts: readonly (readonly [runner: string, host: string])[]) =>
  [
    ...terraformImport(hosts.map(([runnerName, host]) => item({ host }, runnerName))).matchAll(
      /to = ona_scm_integration\.(.*)/g,
    ),
  ].map(([, name]) => name);

const idLine = (id: string) => terraformImport([item({ id })]).split('\n')[2];

describe('a Terraform import block', () => {
  it('stands over lines, with a blank one between two', () => {
    assert.equal(
      terraformImport([item({}), item({ id: 'j' })]),
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
    ['a\u202eb\u009b\ufeff', 'a\\u202eb\\u009b\\ufeff'],
    ['$ { 100% }', '$ { 100% }'],
    ['\ud800', '\ufffd'],
  ] as const) {
    it(`writes the id ${JSON.stringify(id)} as a literal`, () => {
      assert.equal(idLine(id), `  id = "${literal}"`);
    });
  }
});

describe('the comments of a Terraform import block', () => {
  it('say above an integration with both sign-in methods that one of them will be lost', () => {
    const text = terraformImport([item({ oauth }), item({ host: 'gitlab.com' })]);
    assert.match(text, /^# CAUTION: .*\n# .*\n# .*\nimport \{\n/);
    assert.match(text, /\}\n\nimport \{\n.*gitlab_com/, 'none above the other');
    const caution = comments(item({ oauth }));
    assert.match(caution, /imports it as "pat"\. The next apply turns OAuth off and deletes the tokens/);
  });

  for (const [name, fields, expected] of [
    ['one method', {}, ''],
    ['OAuth only', { pat: false, oauth }, ''],
    ['neither method', { pat: false }, /no sign-in method, but the provider requires an auth_mode/],
    ['OAuth without a client ID', { pat: false, oauth: { clientSecretSet: true } }, /set oauth_client_id/],
    [
      'Entra with OAuth but no issuer',
      { scmId: 'azuredevops_entra', pat: false, oauth },
      /rejects azuredevops_entra with OAuth unless issuer_url is set/,
    ],
    ['Entra by token without an issuer', { scmId: 'azuredevops_entra' }, ''],
    [
      'Entra with an issuer',
      { scmId: 'azuredevops_entra', pat: false, oauth: { ...oauth, issuerUrl: 'https://login.example' } },
      '',
    ],
    ['Azure DevOps Server', { scmId: 'azuredevops_server', virtualDirectory: '/tfs' }, ''],
    [
      'Azure DevOps Server without a directory',
      { scmId: 'azuredevops_server', virtualDirectory: '' },
      /rejects azuredevops_server unless virtual_directory is set/,
    ],
    [
      'Azure DevOps Server with OAuth',
      { scmId: 'azuredevops_server', virtualDirectory: '/tfs', pat: false, oauth },
      /azuredevops_server requires auth_mode = "pat"/,
    ],
    [
      'a directory elsewhere',
      { virtualDirectory: '/tfs' },
      /virtual_directory for all kinds except azuredevops_s/,
    ],
    [
      'an issuer elsewhere',
      { pat: false, oauth: { ...oauth, issuerUrl: 'https://login.example' } },
      /issuer_url for all kinds except azuredevops_entra/,
    ],
    ['a kind that the runner defined', { scmId: 'forgejo' }, /The kind "forgejo" is not among those/],
  ] as const) {
    it(`fit ${name}`, () => {
      const text = comments(item(fields));
      if (expected === '') {
        assert.equal(text, '');
      } else {
        assert.match(text, expected);
      }
    });
  }

  it('claim nothing about what could not be read, but name it', () => {
    assert.equal(
      comments(
        item({
          scmId: 'azuredevops_entra',
          pat: false,
          oauth: { clientSecretSet: false, unread: ['clientId', 'issuerUrl'] },
          unread: ['oauth', 'virtualDirectory'],
        }),
      ),
      'Not everything about this integration could be read (oauth.clientId, oauth.issuerUrl, virtualDirectory): check that.',
    );
    assert.equal(
      comments(item({ scmId: 'azuredevops_server', unread: ['virtualDirectory'] })),
      'Not everything about this integration could be read (virtualDirectory): check that.',
    );
  });

  it('name what was left out, with its host and runner', () => {
    const text = terraformImport([
      item({}, 'Ona Cloud (eu)', true),
      item({ id: 'own' }, 'us'),
      item({ id: '', host: 'gitlab.com', runnerId: 'r-1' }, ''),
    ]);
    assert.equal(
      text,
      `import {
  to = ona_scm_integration.us_github_com
  id = "own"
}

# Left out: github.com on Ona Cloud (eu) is managed by Ona, so Terraform cannot import it.
# Left out: gitlab.com on r-1 has no ID.
`,
    );
  });

  it('stay comments, whatever host, runner and kind are called', () => {
    for (const end of ['\n', '\r\n', '\r', '\u2028', '\u0085']) {
      const evil = `x${end}resource "evil" "x" {}`;
      const text = terraformImport([
        item({ scmId: evil }),
        item({ host: evil, scmId: evil }, evil, true),
        item({ id: '', host: evil, runnerId: evil }, ''),
      ]);
      for (const line of text.split(/[\n\r\u2028\u0085]/)) {
        assert.match(line, /^(?:# .*|import \{| {2}(?:to|id) = .*|\}|)$/);
      }
    }
  });
});
