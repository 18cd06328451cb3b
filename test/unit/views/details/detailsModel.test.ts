import assert from 'node:assert/strict';
import { DEFAULT_API_URL } from '../../../../src/account/apiUrl.ts';
import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import { detailsModel } from '../../../../src/views/details/detailsModel.ts';
import type { DetailsModel, DetailsRow } from '../../../../src/views/details/protocol.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { groupByRunner } from '../../inventory/groupByRunner.ts';

const RUNNERS = [
  runnerOf({ id: 'eu', name: 'eu-production' }),
  runnerOf({ id: 'lab', name: 'lab' }),
  runnerOf({ id: 'local', name: 'any', kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' }),
];

/** The details of the first of these integrations. */
function detailsOf(...integrations: Partial<ScmIntegration>[]): DetailsModel {
  const [first, ...others] = integrations.map((fields, i) =>
    integrationOf({ id: `id-${i}`, runnerId: 'eu', ...fields }),
  );
  assert.ok(first);
  const runners = groupByRunner({ runners: RUNNERS, integrations: [first, ...others] });
  const entry = runners
    .flatMap((runner) => runner.integrations)
    .find(({ integration }) => integration === first);
  assert.ok(entry);
  return detailsModel(entry, runners, { asOf: undefined, pinned: false, apiUrl: DEFAULT_API_URL });
}

function rowsOf({ sections }: DetailsModel, heading: string): readonly DetailsRow[] {
  return sections.find((section) => section.heading === heading)?.rows ?? [];
}

function hostRow(host: string, virtualDirectory?: string): DetailsRow {
  const fields = { host, ...(virtualDirectory !== undefined && { virtualDirectory }) };
  const row = rowsOf(detailsOf(fields), 'Integration').find(({ key }) => key === 'host');
  assert.ok(row);
  return row;
}

const hintsOf = (model: DetailsModel) =>
  rowsOf(model, 'Integration').find(({ key }) => key === 'host')?.hints;
const textsOf = ({ values }: DetailsRow) => values.map(({ text }) => text);

describe('the host in the details', () => {
  it('is a link, with its ASCII form if it has other letters', () => {
    const { values } = hostRow('git.müller.example');
    assert.deepEqual(values, [
      { text: 'git.müller.example', style: 'plain', href: 'https://git.xn--mller-kva.example/' },
      { text: 'ASCII form: git.xn--mller-kva.example', style: 'none' },
    ]);
    // A Cyrillic letter.
    assert.deepEqual(textsOf(hostRow('gіthub.com')), ['gіthub.com', 'ASCII form: xn--gthub-n2e.com']);
    assert.deepEqual(textsOf(hostRow('github.com')), ['github.com']);
  });

  it('leads to the virtual directory, whatever its name', () => {
    const [value] = hostRow('tfs.acme.example', '/tfs/Default Collection').values;
    assert.equal(value?.text, 'tfs.acme.example');
    assert.equal(value.href, 'https://tfs.acme.example/tfs/Default%20Collection');
  });

  it('is no link if it is not a host', () => {
    for (const host of ['not a host', '"github.com"', 'user@github.com', 'javascript:alert(1)', '1.1']) {
      assert.deepEqual(hostRow(host).values, [{ text: host, style: 'plain' }]);
      assert.deepEqual(hostRow(host).hints, []);
    }
  });

  it('has a hint if its spelling is unusual', () => {
    assert.deepEqual(hostRow('gitlab.corp.example.').hints, [
      'Unusual spelling (dot at the end). The usual one is gitlab.corp.example; other tools may compare hosts exactly.',
    ]);
    assert.deepEqual(hostRow('https://GitLab.corp.example:443/').hints, [
      'Unusual spelling (scheme, default port, and extra slash). The usual one is gitlab.corp.example; other tools may compare hosts exactly.',
    ]);
    assert.deepEqual(hostRow('GitLab.corp.example:8443').hints, []);
  });

  it('is found on other runners, however it is written there', () => {
    const model = detailsOf(
      { host: 'gitlab.corp.example' },
      { host: 'https://gitlab.corp.example:443/', runnerId: 'lab' },
      { host: 'gitlab.corp.example.', runnerId: 'gone' },
      { host: 'gitlab.corp.example', runnerId: 'local' },
      { host: 'gitlab.corp.example:8443', runnerId: 'lab' },
    );
    assert.deepEqual(
      rowsOf(model, 'Same Host on Other Runners').map((row) => [row.label, ...textsOf(row)]),
      [
        ['lab', 'https://gitlab.corp.example:443/', 'personal access token'],
        ['Local runners', 'personal access token'],
        ['Unknown runner gone', 'gitlab.corp.example.', 'personal access token'],
      ],
    );
  });
});

describe('a second integration of a runner for the same host', () => {
  it('is named in the details of both, and linked', () => {
    const first = { host: 'github.com', oauth: { clientSecretSet: true }, pat: false };
    const second = { host: 'GitHub.com:443' };
    const model = detailsOf(first, second);
    assert.deepEqual(hintsOf(model), ['eu-production has another integration for this host.']);
    const [row, ...rest] = rowsOf(model, 'Same Host on This Runner');
    assert.ok(row);
    assert.deepEqual(
      [row.label, ...textsOf(row)],
      ['GitHub.com:443', 'GitHub', 'personal access token', 'id-1'],
    );
    assert.deepEqual(row.open, {
      kind: 'integration',
      runnerId: 'eu',
      id: 'id-1',
      scmId: 'github',
      host: 'GitHub.com:443',
    });
    assert.deepEqual(rest, []);
    assert.equal(
      hintsOf(detailsOf(second, first))?.at(-1),
      'eu-production has another integration for this host.',
    );
  });

  it('is counted, also for local runners and for one that is not in the list', () => {
    const three = (runnerId: string) => detailsOf({ runnerId }, { runnerId }, { runnerId });
    assert.deepEqual(hintsOf(three('eu')), ['eu-production has 2 other integrations for this host.']);
    assert.deepEqual(hintsOf(three('gone')), ['Unknown runner gone has 2 other integrations for this host.']);
    assert.deepEqual(hintsOf(three('local')), ['Local runners have another integration for this host.']);
    assert.equal(rowsOf(three('eu'), 'Same Host on This Runner').length, 2);
  });

  it('is noticed if it is the same one again, but there is nothing to open then', () => {
    const model = detailsOf({ id: 'one' }, { id: 'one' });
    assert.deepEqual(hintsOf(model), ['eu-production has another integration for this host.']);
    const [row] = rowsOf(model, 'Same Host on This Runner');
    assert.ok(row);
    assert.deepEqual(textsOf(row), ['GitHub', 'personal access token', 'one', 'listed again by the API']);
    assert.equal(row.open, undefined);
  });

  it('is not one of another runner, port or path, or one without a host', () => {
    for (const [first, second] of [
      [{}, { runnerId: 'lab' }],
      [{ host: 'git.example' }, { host: 'git.example:8443' }],
      [{ host: 'dev.azure.com/acme' }, { host: 'dev.azure.com/other' }],
      [{ host: '' }, { host: '' }],
    ]) {
      const model = detailsOf(first ?? {}, second ?? {});
      assert.deepEqual(hintsOf(model), []);
      assert.deepEqual(rowsOf(model, 'Same Host on This Runner'), []);
    }
  });
});

describe('a long list in the details', () => {
  const LINKS: Record<string, Partial<ScmIntegration>[]> = {
    'Same Host on This Runner': Array.from({ length: 250 }, (_, i) => ({ id: `${i}` })),
    'Same Host on Other Runners': Array.from({ length: 250 }, (_, i) => ({
      id: `${i}`,
      runnerId: i === 0 ? 'eu' : 'lab',
    })),
  };
  for (const [heading, integrations] of Object.entries(LINKS)) {
    it(`shows a hundred rows under "${heading}", and how many more there are`, () => {
      const rows = rowsOf(detailsOf(...integrations), heading);
      assert.equal(rows.length, 101);
      assert.ok(rows.slice(0, 100).every(({ label, values }) => label !== '' && values.length > 0));
      assert.deepEqual(
        rows.at(-1)?.values.map(({ text }) => text),
        ['and 149 more'],
      );
    });
  }
});
