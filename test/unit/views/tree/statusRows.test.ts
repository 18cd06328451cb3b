import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { Runner } from '../../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import type { OrganizationFacts } from '../../../../src/inventory/statusFacts.ts';
import { childrenOf, type TreeNode } from '../../../../src/views/tree/nodes.ts';
import { rowOf } from '../../../../src/views/tree/rowText.ts';
import { layoutSteps } from '../../../../src/views/tree/treeLayout.ts';
import { atOnce } from '../../base/atOnce.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { AS_OF, signInsOf, tokenOf } from '../../inventory/withStatuses.ts';
import { nodesByRunner } from './sampleNodes.ts';

const UUID = '0b2c8f5e-1f0a-4d58-9c9e-1a2b3c4d5e6f';
const OFFLINE = { phase: 'RUNNER_PHASE_INACTIVE' };
const DEGRADED = { phase: 'RUNNER_PHASE_DEGRADED' };
const MANAGED = { provider: 'RUNNER_PROVIDER_MANAGED' };
const NO_METHOD = { pat: false };

/** `eu` with these integrations, beside a runner that has one. */
function nodeOf(
  runner: Partial<Runner>,
  integrations: readonly Partial<ScmIntegration>[],
  facts: Partial<OrganizationFacts> = {},
) {
  const [node] = nodesByRunner(
    {
      runners: [runnerOf({ id: 'eu', name: 'eu', ...runner }), runnerOf({ id: 'us', name: 'us' })],
      integrations: [
        ...integrations.map((fields, i) => integrationOf({ id: `i${i}`, runnerId: 'eu', ...fields })),
        integrationOf({ id: 'other', runnerId: 'us' }),
      ],
    },
    facts,
  );
  assert.ok(node);
  return node;
}

const textOf = (node: TreeNode) => {
  const { label, words, mark } = rowOf(node);
  return `${label} ${words.join(' · ')}${mark === undefined ? '' : ` [${mark}]`}`;
};

/** A runner's row and those under it, with how they are decorated. */
const seen = (...args: Parameters<typeof nodeOf>) => {
  const node = nodeOf(...args);
  return [node, ...childrenOf(node)].map(textOf);
};

const said = (...args: Parameters<typeof nodeOf>) => {
  const node = nodeOf(...args);
  return [node, ...childrenOf(node)].map((row) => rowOf(row).sentence);
};

/** What the runner said of everybody's access two hours ago. */
const asked = (signedIn: boolean, wasSignedIn = false) => ({
  answersOf: () => ({
    access: { signedIn, wasSignedIn, at: new Date(AS_OF.getTime() - 7_200_000) },
  }),
});

describe('the status in a row', () => {
  it('is not said where nothing is known', () => {
    assert.deepEqual(seen({}, [{}]), ['eu 1 integration', 'github.com GitHub · PAT']);
  });

  it('is its worst reason first, once, and decorates its row and that of its runner', () => {
    assert.deepEqual(seen({}, [NO_METHOD, { host: 'a.example', scmId: 'azuredevops_server' }]), [
      'eu 2 problems · 2 integrations [broken]',
      'a.example virtual directory missing · Azure DevOps Server · PAT [attention]',
      'github.com no sign-in method · GitHub [broken]',
    ]);
  });

  it('says how soon a token ends', () => {
    const days = (n: number) => new Date(AS_OF.getTime() + n * 86_400_000).toISOString();
    const signIns = signInsOf([tokenOf({ runnerId: 'eu', expiresAt: days(3) })]);
    assert.deepEqual(seen({}, [{}], { signIns }), [
      'eu 1 problem · 1 integration [attention]',
      'github.com token ends in 3 days · GitHub · PAT [attention]',
    ]);
    assert.equal(
      said({}, [{}], { signIns })[1],
      'Integration github.com: needs attention, token ends in 3 days, GitHub, personal access token',
    );
  });

  it('of a runner is its own reason before how many of its rows have problems', () => {
    assert.deepEqual(
      seen(DEGRADED, [NO_METHOD, { host: 'b.example' }])[0],
      'eu degraded · 1 problem · 2 integrations [broken]',
    );
    assert.deepEqual(
      said(DEGRADED, [NO_METHOD, { host: 'a.example', scmId: 'azuredevops_server' }])[0],
      'Runner eu: needs attention, degraded, 1 broken, 1 needs attention, 2 integrations',
    );
  });

  it('of a runner that can clone nothing stands for its number of integrations', () => {
    assert.deepEqual(seen({}, []), ['eu can clone nothing: no integrations [attention]']);
    assert.deepEqual(seen(DEGRADED, []), ['eu degraded · can clone nothing: no integrations [attention]']);
    assert.deepEqual(seen(OFFLINE, []), ['eu offline · no integrations [broken]']);
  });

  it('is no fault of a runner that is not set up, being deleted, or somebody’s computer', () => {
    assert.deepEqual(seen({ phase: 'RUNNER_PHASE_CREATED' }, []), ['eu not set up yet · no integrations']);
    assert.deepEqual(seen({ phase: 'RUNNER_PHASE_DELETING' }, [{}]), [
      'eu being deleted · 1 integration',
      'github.com GitHub · PAT',
    ]);
    assert.deepEqual(seen({ ...OFFLINE, kind: 'RUNNER_KIND_LOCAL' }, [{}]), [
      'eu offline · 1 integration',
      'github.com GitHub · PAT',
    ]);
  });

  it('of somebody’s computer is said of what it shares with the others, if that is there', () => {
    const shared = runnerOf({ id: 'shared', kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' });
    const rows = (fields: Partial<Runner>, runnerId = 'shared') =>
      nodesByRunner({
        runners: [runnerOf({ id: 'mac', name: 'mac', kind: 'RUNNER_KIND_LOCAL', ...fields }), shared],
        integrations: [integrationOf({ runnerId })],
      }).map(textOf);
    assert.equal(rows({})[0], 'mac uses the shared local configuration');
    assert.equal(rows(OFFLINE)[0], 'mac offline · uses the shared local configuration');
    assert.equal(rows({}, 'mac')[0], 'mac 1 integration');
    assert.equal(
      rows({ kind: 'RUNNER_KIND_REMOTE' })[0],
      'mac can clone nothing: no integrations [attention]',
    );
    assert.deepEqual(seen({ kind: 'RUNNER_KIND_LOCAL' }, []), ['eu no integrations']);
  });

  it('of an offline runner is counted once: its integrations say so, dimmed, after their own reasons', () => {
    assert.deepEqual(seen(OFFLINE, [{}, { host: 'z.example', pat: false }]), [
      'eu offline · 1 problem · 2 integrations [broken]',
      'github.com runner offline · GitHub · PAT [runnerOffline]',
      'z.example no sign-in method · runner offline · GitHub [broken]',
    ]);
    assert.equal(
      said(OFFLINE, [{}])[1],
      'Integration github.com: runner offline, GitHub, personal access token',
    );
  });

  it('says that it works if the runner said so', () => {
    assert.deepEqual(seen({}, [{}], asked(true)), [
      'eu 1 integration',
      'github.com works · GitHub · PAT [works]',
    ]);
    assert.equal(
      said({}, [{}], asked(true))[1],
      'Integration github.com: works, GitHub, personal access token',
    );
  });

  describe('is followed by "not signed in"', () => {
    const signIns = signInsOf([]);

    it('at the end, undecorated, if no sign-in is on record', () => {
      assert.deepEqual(seen({}, [{}], { signIns }), [
        'eu 1 integration',
        'github.com GitHub · PAT · not signed in',
      ]);
      assert.deepEqual(
        seen(MANAGED, [{}], { signIns })[1],
        'github.com GitHub · PAT · managed by Ona · not signed in',
      );
    });

    it('unless one is, or that is not known, or a reason or a proof says more', () => {
      assert.equal(seen({}, [{}])[1], 'github.com GitHub · PAT');
      const own = signInsOf([tokenOf({ runnerId: 'eu' })]);
      assert.equal(seen({}, [{}], { signIns: own })[1], 'github.com GitHub · PAT');
      assert.equal(
        seen({}, [{}], { signIns, ...asked(false, true) })[1],
        'github.com no longer signed in · GitHub · PAT [attention]',
      );
      assert.equal(seen({}, [{}], { signIns, ...asked(true) })[1], 'github.com works · GitHub · PAT [works]');
    });

    it('unless nobody can sign in, or not there', () => {
      assert.equal(seen({}, [NO_METHOD], { signIns })[1], 'github.com no sign-in method · GitHub [broken]');
      const nodes = nodesByRunner(
        {
          runners: [runnerOf({ id: 'eu', kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' })],
          integrations: [integrationOf({ runnerId: 'eu' }), integrationOf({ runnerId: 'gone' })],
        },
        { signIns },
      );
      assert.deepEqual(nodes.flatMap(childrenOf).map(textOf), [
        'github.com GitHub · PAT',
        'github.com GitHub · PAT',
      ]);
    });
  });

  it('of inherited integrations is a word, because nobody here can change them', () => {
    assert.deepEqual(
      seen(MANAGED, [
        NO_METHOD,
        { host: 'a.example', scmId: 'azuredevops_server' },
        { id: UUID, host: 'own.example' },
        { id: UUID, host: 'p.example', pat: false },
      ]),
      [
        'eu 1 problem · 4 integrations · managed by Ona [broken]',
        'a.example virtual directory missing · Azure DevOps Server · PAT · managed by Ona',
        'github.com no sign-in method · GitHub · managed by Ona',
        'own.example GitHub · PAT · on Ona Cloud',
        'p.example no sign-in method · GitHub · on Ona Cloud [broken]',
      ],
    );
  });

  it('of a group is that of its rows, and they name the state of their runners once', () => {
    const data = {
      runners: [
        runnerOf({ id: 'eu', name: 'eu' }),
        runnerOf({ id: 'lab', name: 'lab', ...OFFLINE }),
        runnerOf({ id: 'new', name: 'new' }),
        runnerOf({ id: 'us', name: 'us', ...DEGRADED }),
      ],
      integrations: [
        integrationOf({ id: '1', runnerId: 'eu', pat: false }),
        integrationOf({ id: '2', runnerId: 'lab' }),
        integrationOf({ id: '3', runnerId: 'us', scmId: 'gitlab', host: 'b.example' }),
      ],
    };
    const rows = (grouping: 'provider' | 'host') =>
      atOnce(layoutSteps(nodesByRunner(data), { grouping, filter: undefined })).roots.flatMap((root) =>
        [root, ...childrenOf(root)].map(textOf),
      );
    assert.deepEqual(rows('provider'), [
      'GitHub 1 problem · 2 integrations [broken]',
      'github.com no sign-in method · on eu [broken]',
      'github.com runner offline · on lab · PAT [runnerOffline]',
      'GitLab 1 integration',
      'b.example degraded · on us · PAT',
      'Without integrations 1 problem · 1 runner [attention]',
      'new can clone nothing: no integrations [attention]',
    ]);
    assert.deepEqual(rows('host').slice(0, 5), [
      'b.example 1 integration',
      'us degraded · GitLab · PAT',
      'github.com 1 problem · 2 integrations [broken]',
      'eu no sign-in method · GitHub [broken]',
      'lab runner offline · GitHub · PAT [runnerOffline]',
    ]);
  });

  describe('in another language', () => {
    afterEach(() => l10n.config({ contents: {} }));

    it('is German', () => {
      l10n.config({ contents: readFileSync('l10n/bundle.l10n.de.json', 'utf8') });
      assert.deepEqual(said(DEGRADED, [NO_METHOD, { host: 'b.example' }], { signIns: signInsOf([]) }), [
        'Runner eu: Prüfung nötig, beeinträchtigt, 1 defekt, 2 Integrationen',
        'Integration b.example: GitHub, persönliches Zugriffstoken, nicht angemeldet',
        'Integration github.com: defekt, keine Anmeldemethode, GitHub',
      ]);
      assert.equal(seen({}, [NO_METHOD])[0], 'eu 1 Problem · 1 Integration [broken]');
    });

    it('is Japanese', () => {
      l10n.config({ contents: readFileSync('l10n/bundle.l10n.ja.json', 'utf8') });
      assert.equal(seen({}, [NO_METHOD])[0], 'eu 問題 1 件 · 1 件の統合 [broken]');
      assert.equal(seen(OFFLINE, [{}])[1], 'github.com ランナーがオフライン · GitHub · PAT [runnerOffline]');
    });
  });
});
