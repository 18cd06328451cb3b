import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { Session } from '../../../../src/account/sessionState.ts';
import { Filter } from '../../../../src/inventory/filter.ts';
import type { InventoryData } from '../../../../src/inventory/model.ts';
import { withoutProblemsTerm, withProblemsTerm } from '../../../../src/inventory/problemsTerm.ts';
import { childrenOf, type TreeNode } from '../../../../src/views/tree/nodes.ts';
import { rowOf } from '../../../../src/views/tree/rowText.ts';
import { layoutSteps, type TreeOptions } from '../../../../src/views/tree/treeLayout.ts';
import { badgeOf } from '../../../../src/views/tree/viewBadge.ts';
import { contextKeysOf } from '../../../../src/views/tree/viewContext.ts';
import { viewMessage } from '../../../../src/views/tree/viewMessage.ts';
import { FILTER_WORDS } from '../../../../src/words/filter.ts';
import { atOnce } from '../../base/atOnce.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { loadingState, readyState } from '../../inventory/inventoryStates.ts';
import { withStatuses } from '../../inventory/withStatuses.ts';
import { nodesByRunner } from './sampleNodes.ts';

/** `eu` has one that is broken, `lab` is offline, `new` can clone nothing, `us` has one that needs attention. */
const ROWS: InventoryData = {
  runners: [
    runnerOf({ id: 'eu', name: 'eu' }),
    runnerOf({ id: 'lab', name: 'lab', phase: 'RUNNER_PHASE_INACTIVE' }),
    runnerOf({ id: 'new', name: 'new' }),
    runnerOf({ id: 'us', name: 'us' }),
  ],
  integrations: [
    integrationOf({ id: '1', runnerId: 'eu' }),
    integrationOf({ id: '2', runnerId: 'eu', host: 'z.example', pat: false }),
    integrationOf({ id: '3', runnerId: 'lab' }),
    integrationOf({ id: '4', runnerId: 'us', host: 'a.example' }),
    integrationOf({ id: '5', runnerId: 'us', host: 'b.example', scmId: 'azuredevops_server' }),
  ],
};

/** The same without problems. */
const FINE: InventoryData = {
  runners: ROWS.runners.filter(({ id }) => id === 'eu' || id === 'us'),
  integrations: ROWS.integrations.filter(({ id }) => id === '1' || id === '4'),
};

function arrange(wish: Partial<TreeOptions> = {}, data = ROWS) {
  return atOnce(layoutSteps(nodesByRunner(data), { grouping: 'runner', filter: undefined, ...wish }));
}

const by = (text: string) => ({ filter: Filter.parse(text, FILTER_WORDS) });

/** The rows, those under others indented. */
const seen = (nodes: readonly TreeNode[], indent = ''): string[] =>
  nodes.flatMap((node) => {
    const { label, words } = rowOf(node);
    return [`${indent}${label} ${words.join(' · ')}`, ...seen(childrenOf(node), '  ')];
  });

describe('a filter by status', () => {
  afterEach(() => l10n.config({ contents: {} }));

  const kept = (text: string) => seen(arrange(by(text)).roots);

  it('shows what has such a status itself, and a runner of its own only with what matches too', () => {
    assert.deepEqual(kept('status:broken'), [
      'eu 1 problem · 1 of 2 integrations',
      '  z.example no sign-in method · GitHub',
      'lab offline · 0 of 1 integration',
    ]);
    assert.deepEqual(kept('status:attention'), [
      'new can clone nothing: no integrations',
      'us 1 problem · 1 of 2 integrations',
      '  b.example virtual directory missing · Azure DevOps Server · PAT',
    ]);
    assert.deepEqual(kept('status:unchecked'), [
      'eu 1 of 2 integrations',
      '  github.com GitHub · PAT',
      'lab offline · 1 integration',
      '  github.com runner offline · GitHub · PAT',
      'us 1 of 2 integrations',
      '  a.example GitHub · PAT',
    ]);
    assert.deepEqual(kept('status:works'), []);
  });

  it('takes alternatives, the start of a word, other terms, and the words of rows', () => {
    const both = kept('status:broken,attention');
    assert.equal(both.length, 6);
    assert.deepEqual(kept('status:br,att'), both);
    assert.deepEqual(kept('Status:broken,,attention,'), both);
    assert.deepEqual(kept('status:"needs att"'), kept('status:attention'));
    assert.deepEqual(kept('status:broken runner:eu'), kept('status:broken').slice(0, 2));
    assert.deepEqual(kept('status:broken azure'), []);
    const { filter } = by('auth:none');
    const [, found] = arrange({ filter }).roots.flatMap((root) => [root, ...childrenOf(root)]);
    assert.deepEqual(found && rowOf(found, filter).words, ['no sign-in method', 'GitHub'], 'said once');
    assert.deepEqual(kept('runner:lab status:broken'), ['lab offline · 0 of 1 integration']);
    l10n.config({ contents: readFileSync('l10n/bundle.l10n.de.json', 'utf8') });
    const words = { ...FILTER_WORDS };
    assert.ok(Filter.parse('status:defekt', words)?.matchesRunner(withStatuses(ROWS)[1] ?? assert.fail()));
  });

  it('is asked for by a term only, with a value', () => {
    for (const word of ['broken', 'attention', 'unchecked', 'works']) {
      assert.deepEqual(kept(word), [], word);
    }
    for (const text of ['status:', 'status:,', 'status:""']) {
      assert.equal(Filter.parse(text, FILTER_WORDS), undefined, text);
    }
  });

  it('shows a runner that is in no group beside the groups', () => {
    assert.deepEqual(seen(arrange({ ...by('status:broken'), grouping: 'host' }).roots), [
      'z.example 1 problem · 1 integration',
      '  eu no sign-in method · GitHub',
      'Runners 1 problem · 1 runner',
      '  lab offline · 0 of 1 integration',
    ]);
    const last = (text: string) => arrange({ ...by(text), grouping: 'host' }).roots.at(-1) ?? assert.fail();
    assert.equal(rowOf(last('status:broken')).icon.id, 'vm');
    assert.equal(rowOf(last('runner:new')).icon.id, 'circle-slash');
  });

  it('counts runners and integrations that match', () => {
    const message = (text: string, data = ROWS) => viewMessage(arrange(by(text), data), readyState(data));
    assert.equal(message('status:broken'), '2 of 9 match "status:broken"');
    assert.equal(message('status:broken eu'), '1 of 9 matches "status:broken eu"');
    assert.equal(message('status:works'), 'Nothing matches "status:works"');
    assert.equal(message('status:broken,attention'), '4 of 9 rows have problems');
    assert.equal(
      message('status:broken,attention', FINE),
      'No known problems: 0 of 4 rows. Choose "Show All" to see them.',
    );
    const early = (data: InventoryData) =>
      viewMessage(arrange(by('status:broken,attention'), data), loadingState(data));
    assert.equal(early(FINE), undefined, 'most rows may still be missing');
    assert.equal(early(ROWS), '4 of 9 rows have problems');
  });
});

describe('the term for problems only', () => {
  it('is added to a filter and removed from it, and nothing else', () => {
    assert.equal(withProblemsTerm(''), 'status:broken,attention');
    assert.equal(withProblemsTerm('gitlab'), 'status:broken,attention gitlab');
    // A quotation mark need not be closed.
    for (const text of ['runner:"eu prod', 'gitlab "']) {
      assert.equal(Filter.parse(withProblemsTerm(text), FILTER_WORDS)?.isProblemsOnly, true, text);
    }
    for (const [before, after] of [
      ['status:broken,attention', ''],
      ['gitlab status:broken,attention', 'gitlab'],
      ['STATUS:broken,attention gitlab', 'gitlab'],
      ['a  b status:"broken,attention" c', 'a  b c'],
      ['status:broken gitlab', 'status:broken gitlab'],
      ['xstatus:broken,attention', 'xstatus:broken,attention'],
      ['"a status:broken,attention b"', '"a status:broken,attention b"'],
      // As Japanese keyboards type it.
      ['ａ　ｓｔａｔｕｓ：ｂｒｏｋｅｎ，ａｔｔｅｎｔｉｏｎ b', 'ａ b'],
    ] as const) {
      assert.equal(withoutProblemsTerm(before), after);
    }
  });

  it('is known by a context key, as is the order of rows', () => {
    const keys = (layout: Partial<TreeOptions>) => {
      const all = contextKeysOf({
        session: { kind: 'signedIn' } as Session,
        state: readyState(ROWS),
        layout: { grouping: 'runner', filter: undefined, ...layout },
        isLoading: false,
      });
      return [all['onaScm.filtered'], all['onaScm.problemsOnly'], all['onaScm.sortOrder']];
    };
    assert.deepEqual(keys({}), [false, false, 'name']);
    assert.deepEqual(keys({ ...by('gitlab status:Broken,attention'), problemsFirst: true }), [
      true,
      true,
      'problems',
    ]);
    assert.deepEqual(keys(by('status:broken')), [true, false, 'name']);
  });
});

describe('rows with problems first', () => {
  it('are in the order of their worst status, otherwise by name, and so are those under them', () => {
    assert.deepEqual(seen(arrange({ problemsFirst: true }).roots), [
      'eu 1 problem · 2 integrations',
      '  z.example no sign-in method · GitHub',
      '  github.com GitHub · PAT',
      'lab offline · 1 integration',
      '  github.com runner offline · GitHub · PAT',
      'new can clone nothing: no integrations',
      'us 1 problem · 2 integrations',
      '  b.example virtual directory missing · Azure DevOps Server · PAT',
      '  a.example GitHub · PAT',
    ]);
  });

  it('are sorted within groups too', () => {
    assert.deepEqual(seen(arrange({ problemsFirst: true, grouping: 'provider' }).roots), [
      'GitHub 1 problem · 4 integrations',
      '  z.example no sign-in method · on eu',
      '  a.example on us · PAT',
      '  github.com on eu · PAT',
      '  github.com runner offline · on lab · PAT',
      'Azure DevOps Server 1 problem · 1 integration',
      '  b.example virtual directory missing · on us · PAT',
      'Without integrations 1 problem · 1 runner',
      '  new can clone nothing: no integrations',
    ]);
  });

  it('keep their tree IDs, so that they stay open and selected', () => {
    const ids = (nodes: readonly TreeNode[]): string[] =>
      nodes.flatMap((node) => [node.treeId, ...ids(childrenOf(node))]);
    assert.deepEqual(ids(arrange({ problemsFirst: true }).roots).sort(), ids(arrange().roots).sort());
  });
});

describe('the badge of the view', () => {
  it('counts runners and integrations with reasons of their own', () => {
    assert.deepEqual(badgeOf(withStatuses(ROWS)), { value: 4, tooltip: '2 broken, 2 need attention' });
  });

  it('is absent without problems', () => {
    assert.equal(badgeOf(withStatuses(FINE)), undefined);
    assert.equal(badgeOf([]), undefined);
  });

  it('says one and many apart', () => {
    const one = { ...FINE, runners: [...FINE.runners, runnerOf({ id: 'new', name: 'new' })] };
    assert.deepEqual(badgeOf(withStatuses(one)), { value: 1, tooltip: '1 needs attention' });
  });
});

describe('the message above runners none of which has an integration', () => {
  const text = 'No integrations: none are configured, or this key may not see them.';
  const none: InventoryData = { ...ROWS, integrations: [] };
  const message = (data: InventoryData, state = readyState(data)) => viewMessage(arrange({}, data), state);

  it('says so once, instead of on each of them', () => {
    assert.equal(message(none), text);
    assert.deepEqual(seen(arrange({}, none).roots)[2], 'new no integrations');
  });

  it('says nothing as long as that is not certain', () => {
    assert.equal(message(ROWS), undefined);
    assert.equal(message({ ...none, completeRunnerIds: new Set(['eu']) }), undefined);
    assert.equal(viewMessage(arrange({}, none), loadingState(none)), undefined);
    const leftOut = { fault: 'pat is not boolean', id: 'x', runnerId: 'eu', key: 'x' };
    assert.doesNotMatch(
      message({ ...none, leftOut: { runners: [], integrations: [leftOut], asOf: new Date() } }) ?? '',
      /No integrations/,
    );
  });
});
