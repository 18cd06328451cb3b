import assert from 'node:assert/strict';
import { Filter } from '../../../src/inventory/filter.ts';
import { integrationEntryOf } from './integrationEntryOf.ts';
import { runnerOf } from './fixtures.ts';
import { WORDS } from './filterWords.ts';
import { groupByRunner } from './groupByRunner.ts';

const [EU, US] = groupByRunner({
  runners: [
    runnerOf({ id: 'runner-id-1', name: 'eu-production' }),
    runnerOf({ id: 'runner-id-2', name: 'us staging', phase: 'RUNNER_PHASE_DEGRADED' }),
  ],
  integrations: [],
});
const GITLAB = integrationEntryOf({ id: 'id-gitlab', scmId: 'gitlab', host: 'git.corp.example:8443' });
const GITHUB = integrationEntryOf({ id: 'id-github', oauth: { clientSecretSet: false }, pat: false });
const SERVER = integrationEntryOf({ id: 'id-tfs', scmId: 'azuredevops_server', host: 'tfs.corp.example' });
const CLOSED = integrationEntryOf({ id: 'id-closed', host: 'closed.example', pat: false });

function parse(text: string): Filter {
  const filter = Filter.parse(text, WORDS);
  assert.ok(filter, `${text} asks for something`);
  return filter;
}

/** Which of the four integrations a filter lets through on both runners, as `eu:id`. */
function kept(text: string): string[] {
  assert.ok(EU && US);
  const filter = parse(text);
  return [['eu', EU] as const, ['us', US] as const].flatMap(([name, runner]) =>
    [GITLAB, GITHUB, SERVER, CLOSED]
      .filter(filter.testFor(runner))
      .map(({ ref }) => `${name}:${ref.id.slice(3)}`),
  );
}

const both = (...names: string[]) => [...names.map((n) => `eu:${n}`), ...names.map((n) => `us:${n}`)];

describe('a filter of the tree', () => {
  const cases: [string, string[]][] = [
    ['gitlab', both('gitlab')],
    ['GitLab', both('gitlab')],
    ['corp.example', both('gitlab', 'tfs')],
    ['git.corp.example:8443', both('gitlab')],
    ['eu-prod', ['eu:gitlab', 'eu:github', 'eu:tfs', 'eu:closed']],
    ['runner-id-2 id-tfs', ['us:tfs']],
    ['provider:gitlab', both('gitlab')],
    ['provider:azuredevops_server', both('tfs')],
    ['provider:"Azure DevOps Server"', both('tfs')],
    ['provider:"Azure DevOps Server', both('tfs')],
    ['auth:oauth', both('github')],
    ['auth:pat', both('gitlab', 'tfs')],
    ['auth:none', both('closed')],
    ['runner:eu- auth:pat', ['eu:gitlab', 'eu:tfs']],
    ['runner:"us staging" github', ['us:github', 'us:closed']],
    ['phase:degraded', ['us:gitlab', 'us:github', 'us:tfs', 'us:closed']],
    ['host:*.corp.example', both('tfs')],
    ['host:*.corp.example*', both('gitlab', 'tfs')],
    ['host:git', both('gitlab', 'github')],
    ['host:corp.example provider:azure', both('tfs')],
    ['id:id-closed', both('closed')],
    ['runner:gitlab', []],
    ['host:(', []],
    ['host:*(*', []],
    ['host:git*corp*8443', both('gitlab')],
    ['host:tfs.corp*corp.example', []],
    ['phase:graded', []],
    ['gitlab provider:', both('gitlab')],
    ['unknown:gitlab', []],
  ];
  for (const [text, expected] of cases) {
    it(`${text} keeps ${expected.length === 0 ? 'nothing' : expected.join(', ')}`, () => {
      assert.deepEqual(kept(text), expected);
    });
  }

  for (const text of ['', '   ', 'provider:', 'auth:""', '  host: phase:']) {
    it(`asks for nothing by ${JSON.stringify(text)}`, () => {
      assert.equal(Filter.parse(text, WORDS), undefined);
    });
  }

  it('keeps a runner for itself where all terms are about it', () => {
    assert.ok(EU && US);
    assert.equal(parse('phase:degraded runner:us').matchesRunner(US), true);
    assert.equal(parse('phase:degraded').matchesRunner(EU), false);
    assert.equal(parse('phase:degraded gitlab').matchesRunner(US), false);
  });

  it('marks every place of a term in a text, those that touch as one', () => {
    assert.deepEqual(parse('git hub').ranges('GitHub.com and git', 'host'), [
      [0, 6],
      [15, 18],
    ]);
    assert.deepEqual(parse('provider:git').ranges('github.com', 'host'), []);
    assert.deepEqual(parse('host:*.com').ranges('github.com', 'host'), [[0, 10]]);
    // "İ" has two code units in lower case.
    assert.deepEqual(parse('com').ranges('İ.com', 'host'), [[2, 5]]);
  });

  describe('without regard to accents', () => {
    const COMPOSED = 'Zürich (東京) Łódź';
    const DECOMPOSED = COMPOSED.normalize('NFD');
    const runners = [COMPOSED, DECOMPOSED].map((name) => {
      const [runner] = groupByRunner({ runners: [runnerOf({ id: 'z', name })], integrations: [] });
      assert.ok(runner);
      return runner;
    });
    const marked = (text: string) =>
      [COMPOSED, DECOMPOSED].map((name) =>
        parse(text)
          .ranges(name, 'runner')
          .map((range) => name.slice(...range).normalize('NFC')),
      );

    for (const [text, expected] of [
      ['zurich', ['Zürich']],
      ['ZÜRICH', ['Zürich']],
      ['zürich'.normalize('NFD'), ['Zürich']],
      ['runner:"zurich (東"', ['Zürich (東']],
      ['runner:"zürich (東', ['Zürich (東']],
      ['ｚｕｒｉｃｈ', ['Zürich']],
      ['u ódz', ['ü', 'ódź']],
      ['runner:zür*LODZ', undefined],
      ['runner:zur*Łodz', [COMPOSED]],
      ['lodz', undefined],
    ] as const) {
      it(`${text} finds ${expected?.join(', ') ?? 'nothing'}`, () => {
        const isFound = runners.map((runner) => parse(text).matchesRunner(runner));
        assert.deepEqual(isFound, [expected !== undefined, expected !== undefined]);
        assert.deepEqual(marked(text), [expected ?? [], expected ?? []]);
      });
    }

    it('filters nothing by an accent alone', () => assert.equal(Filter.parse('\u0301', WORDS), undefined));
  });

  it('finds a host by every spelling of it, and names the one that matched', () => {
    const twin = integrationEntryOf({ id: 'twin', host: 'git.müller.example.' });
    assert.ok(EU);
    for (const text of ['müller', 'muller', 'host:git.xn--mller-kva.example', 'host:git.*.example']) {
      assert.equal(parse(text).testFor(EU)(twin), true, text);
    }
    assert.deepEqual(parse('xn--').found(twin, EU), [{ field: 'host', value: 'git.xn--mller-kva.example' }]);
    const punycode = integrationEntryOf({ id: 'p', host: 'git.xn--mller-kva.example:8443/Größe' });
    for (const text of ['müller', 'host:git.muller.example:8443', 'host:*müller*8443*', 'xn--mller']) {
      assert.equal(parse(text).testFor(EU)(punycode), true, text);
    }
    assert.deepEqual(parse('müller').found(punycode, EU), [
      { field: 'host', value: 'git.müller.example:8443/Gr%C3%B6%C3%9Fe' },
    ]);
  });

  it('tells what it has found, of each term the first value', () => {
    assert.deepEqual(parse('gitlab us').found(GITLAB, US), [
      { field: 'provider', value: 'GitLab' },
      { field: 'runner', value: 'us staging' },
    ]);
    assert.deepEqual(parse('us').found(GITLAB, undefined), []);
    assert.deepEqual(parse('id-tfs').found(SERVER, undefined), [{ field: 'id', value: 'id-tfs' }]);
  });

  it('comes to an end with many asterisks and a long value', () => {
    const long = integrationEntryOf({ id: 'id-long', host: 'a'.repeat(10_000) });
    assert.ok(EU);
    assert.equal(parse(`host:${'*a'.repeat(20)}*b`).testFor(EU)(long), false);
    assert.equal(parse(`host:${'*a'.repeat(20)}*`).testFor(EU)(long), true);
  });
});
