import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import type { Runner } from '../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { type ExportFormat, type ExportRow, exportSteps } from '../../../src/formats/exportText.ts';
import type { OrganizationFacts } from '../../../src/inventory/statusFacts.ts';
import { messagesOf } from '../../../src/words/messagesOf.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { AS_OF, signInsOf, tokenOf, withStatuses } from '../inventory/withStatuses.ts';

function exported(rows: readonly ExportRow[], format: ExportFormat): { text: string; steps: number[] } {
  const steps: number[] = [];
  const messageOf = messagesOf(rows.map(({ runner }) => runner));
  const work = exportSteps(rows, format, messageOf, (count) => steps.push(count));
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return { text: Buffer.from(step.value).toString('utf8'), steps };
    }
  }
}

/** @param runner null if it is not listed */
function rowOf(
  integration: Partial<ScmIntegration>,
  runner: Partial<Runner> | null = { name: 'eu' },
  facts: Partial<OrganizationFacts> = {},
): ExportRow {
  const [found] = withStatuses(
    {
      runners: runner === null ? [] : [runnerOf({ id: integration.runnerId ?? '', ...runner })],
      integrations: [integrationOf(integration)],
    },
    facts,
  );
  const entry = found?.integrations[0];
  assert.ok(found && entry);
  return { entry, runner: found };
}

const UNCHECKED = { status: 'unchecked', effectiveStatus: 'unchecked', reasons: [] };

function records(text: string, delimiter = ','): Record<string, string>[] {
  // Strict, so that a line break that is not quoted is an error.
  return parse(text, { bom: true, columns: true, delimiter, record_delimiter: ['\r\n', '\n', '\r'] });
}

describe('an export', () => {
  it('to CSV has a header and a line for each integration, ended as RFC 4180 wants it', () => {
    const row = rowOf({
      id: 'i',
      runnerId: 'r',
      scmId: 'azuredevops_server',
      host: 'tfs.acme.example',
      virtualDirectory: '/tfs',
      oauth: { clientId: 'acme', issuerUrl: 'https://login.example', clientSecretSet: true },
    });
    const { text } = exported([row], 'csv');
    assert.equal(
      text,
      '\ufeffrunner,runner_id,runner_phase,host,provider,provider_id,sign_in_methods,integration_id,' +
        'oauth_client_id,oauth_client_secret_set,issuer_url,virtual_directory,managed_by_ona,inherited,' +
        'status,reasons,reason_texts,proved_at,runner_reasons,runner_reason_texts,' +
        'signed_in,access_asked_at,valid,validation_asked_at,effective_status\r\n' +
        'eu,r,RUNNER_PHASE_ACTIVE,tfs.acme.example,Azure DevOps Server,azuredevops_server,oauth pat,i,' +
        'acme,true,https://login.example,/tfs,false,false,' +
        'attention,oauthUnsupported issuerUnused,' +
        '"Azure DevOps Server does not support OAuth. ' +
        'An issuer URL is set, but Azure DevOps Server does not use it.",,,,,,,,attention\r\n',
    );
  });

  it('to CSV keeps quotes and commas in their cells, and has spaces for line breaks', () => {
    const name = 'a "b", c\r\nd\ne; 東京';
    const [record = {}] = records(exported([rowOf({}, { name })], 'csv').text);
    assert.equal(record['runner'], 'a "b", c d e; 東京');
    assert.equal(record['oauth_client_secret_set'], '', 'neither set nor unset without OAuth');
  });

  it('to CSV has no cell that a spreadsheet runs', () => {
    for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
      const text = `${sign}HYPERLINK("https://evil.example";1)`;
      const row = rowOf(
        { id: text, scmId: text, host: text, oauth: { clientId: text, clientSecretSet: false } },
        { name: text, phase: 'RUNNER_PHASE_INACTIVE', message: text },
      );
      const [record = {}] = records(exported([row], 'csv').text);
      for (const cell of ['runner', 'host', 'provider', 'provider_id', 'integration_id', 'oauth_client_id']) {
        assert.equal(record[cell], `'${text}`, cell);
      }
      assert.equal(record['runner_reason_texts'], `'${text} is offline: ${text}.`);
    }
  });

  it('to CSV has no formula after spaces or empty quotes either', () => {
    for (const [host, cell, format] of [
      [' =1+1', "' =1+1", 'csv'],
      ['\u00a0@x', "'\u00a0@x", 'csvSemicolon'],
      // The quotes around the cell are not seen, and the doubled quote is an empty text.
      ['x;"=1+1', 'x;\'"=1+1', 'csv'],
      ['x, " =1+1', 'x,\' " =1+1', 'csvSemicolon'],
      // The quote after the last delimiter would open a cell that takes in those that follow.
      ['x, y;', "x, y;'", 'csv'],
      ['x; y,', "x; y,'", 'csvSemicolon'],
      ['\t=1+1', "' =1+1", 'csv'],
      ['\r\n=1+1', "' =1+1", 'csv'],
      ['" =1+1"', '\'" =1+1"', 'csv'],
      [`x,${' '.repeat(200_000)}=1`, `x,'${' '.repeat(200_000)}=1`, 'csv'],
    ] as const) {
      const { text } = exported([rowOf({ host })], format);
      assert.equal(records(text, format === 'csv' ? ',' : ';')[0]?.['host'], cell, JSON.stringify(host));
    }
  });

  it('to JSON is a list without a byte order mark', () => {
    const { text } = exported([rowOf({ id: 'i', runnerId: 'r' }), rowOf({}, null)], 'json');
    assert.ok(text.startsWith('[\n  {\n    "id": "i",\n'), text);
    assert.ok(text.endsWith('\n  }\n]\n'), text);
    const ofList = { provider: 'GitHub', managedByOna: false, inherited: false, ...UNCHECKED };
    assert.deepEqual(JSON.parse(text), [
      {
        ...integrationOf({ id: 'i', runnerId: 'r' }),
        ...ofList,
        runner: { name: 'eu', phase: 'RUNNER_PHASE_ACTIVE', status: 'unchecked', reasons: [] },
      },
      { ...integrationOf({}), ...ofList },
    ]);
  });

  const OFFLINE = { name: 'lab', phase: 'RUNNER_PHASE_INACTIVE', message: 'no power' };
  const ENDING = tokenOf({ expiresAt: '2026-11-29T10:00:00Z', scopes: ['repo'] });

  it('to CSV has the status of each integration with its reasons, apart from those of its runner', () => {
    const row = rowOf({}, OFFLINE, { signIns: signInsOf([ENDING]) });
    const [record = {}] = records(exported([row], 'csv').text);
    assert.equal(record['status'], 'attention');
    assert.equal(record['reasons'], 'tokenEnding');
    assert.match(
      record['reason_texts'] ?? '',
      /^Your personal access token for github\.com ends on Nov 29, 2026/,
    );
    assert.equal(record['proved_at'], '');
    assert.equal(record['runner_reasons'], 'offline');
    assert.equal(record['runner_reason_texts'], 'lab is offline: no power.');
    assert.equal(record['effective_status'], 'broken');
  });

  it('to CSV says when it was proved that an integration works', () => {
    const access = { signedIn: true, at: new Date('2026-11-27T14:00:00Z'), wasSignedIn: false };
    const [record = {}] = records(exported([rowOf({}, {}, { answersOf: () => ({ access }) })], 'csv').text);
    assert.deepEqual(
      [record['status'], record['proved_at'], record['effective_status']],
      ['works', '2026-11-27T14:00:00.000Z', 'works'],
    );
  });

  it('tells what is inherited from what only runs on Ona Cloud', () => {
    const onOnaCloud = { provider: 'RUNNER_PROVIDER_MANAGED' };
    const uuid = '5a3c1f0e-0000-4000-8000-000000000003';
    const { text } = exported(
      [rowOf({ id: 'inherited' }, onOnaCloud), rowOf({ id: uuid }, onOnaCloud)],
      'csv',
    );
    assert.deepEqual(
      records(text).map((record) => [record['managed_by_ona'], record['inherited']]),
      [
        ['true', 'true'],
        ['true', 'false'],
      ],
    );
  });

  it('to JSON has the reasons with their source and time, and the sign-ins on record', () => {
    const signIns = signInsOf([ENDING]);
    const [item = {}] = JSON.parse(exported([rowOf({}, OFFLINE, { signIns })], 'json').text) as Record<
      string,
      unknown
    >[];
    const [reason = {}] = item['reasons'] as Record<string, unknown>[];
    assert.match(String(reason['message']), /^Your personal access token for github\.com ends on/);
    assert.deepEqual(
      { ...item, reasons: [{ ...reason, message: '' }] },
      {
        ...integrationOf({}),
        provider: 'GitHub',
        managedByOna: false,
        inherited: false,
        status: 'attention',
        effectiveStatus: 'broken',
        reasons: [
          {
            code: 'tokenEnding',
            status: 'attention',
            message: '',
            source: 'ListHostAuthenticationTokens',
            at: AS_OF.toISOString(),
            endsAt: '2026-11-29T10:00:00.000Z',
          },
        ],
        signIns: [{ method: 'pat', expiresAt: '2026-11-29T10:00:00.000Z', scopes: ['repo'] }],
        runner: {
          name: 'lab',
          phase: 'RUNNER_PHASE_INACTIVE',
          status: 'broken',
          reasons: [
            {
              code: 'offline',
              status: 'broken',
              message: 'lab is offline: no power.',
              source: 'ListRunners',
              at: AS_OF.toISOString(),
              text: 'no power',
            },
          ],
        },
      },
    );
  });

  it('of many rows is made in steps, and none is lost between two', () => {
    const rows = Array.from({ length: 1234 }, (_, i) => rowOf({ id: `id-${i}` }));
    for (const format of ['csv', 'json'] as const) {
      const { text, steps } = exported(rows, format);
      const ids =
        format === 'csv'
          ? records(text).map((record) => record['integration_id'])
          : (JSON.parse(text) as { id: string }[]).map(({ id }) => id);
      assert.deepEqual(
        ids,
        rows.map(({ entry }) => entry.ref.id),
      );
      assert.ok(steps.length > 10);
      assert.equal(
        steps.reduce((sum, count) => sum + count, 0),
        1234,
      );
    }
  });

  it('to CSV is harmless where semicolons part cells, too', () => {
    const { text } = exported([rowOf({ host: 'x;=1+1; @sum, -2' })], 'csv');
    assert.equal(records(text)[0]?.['host'], "x;'=1+1;' @sum,' -2");
  });

  it('to CSV for other languages has semicolons instead of commas, and is otherwise the same', () => {
    const name = 'a "b"; c, d\r\ne\tf; 東京';
    const { text } = exported([rowOf({ id: 'i', host: '=1' }, { name }), rowOf({ id: 'j' })], 'csvSemicolon');
    assert.ok(text.startsWith('\ufeffrunner;runner_id;runner_phase;'), text);
    assert.match(text, /\r\n$/);
    const [first = {}, second = {}] = records(text, ';');
    assert.deepEqual(
      [first['runner'], first['host'], first['integration_id']],
      ['a "b"; c, d e f; 東京', "'=1", 'i'],
    );
    assert.deepEqual([second['host'], second['integration_id']], ['github.com', 'j']);
  });

  it('to CSV for other languages is also harmless where commas separate cells', () => {
    const { text } = exported([rowOf({ host: 'x,=1+1, @sum; -2' })], 'csvSemicolon');
    assert.equal(records(text, ';')[0]?.['host'], "x,'=1+1,' @sum;' -2");
  });
});
