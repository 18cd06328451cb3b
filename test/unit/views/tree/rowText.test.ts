import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { childrenOf, type TreeNode } from '../../../../src/views/tree/nodes.ts';
import { rowOf } from '../../../../src/views/tree/rowText.ts';
import { layoutSteps } from '../../../../src/views/tree/treeLayout.ts';
import { atOnce } from '../../base/atOnce.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { nodesByRunner, runnerNode, sampleNodes } from './sampleNodes.ts';

/** A row's visible text. */
const seen = (node: TreeNode) => {
  const { label, words } = rowOf(node);
  return [label, words.join(' · ')].join(' ').trim();
};

/** A row's accessible name. */
const said = (node: TreeNode) => rowOf(node).sentence;

/** All rows, as if everything were expanded. */
const all = (nodes: readonly TreeNode[], words: (node: TreeNode) => string): string[] =>
  nodes.flatMap((node) => [words(node), ...all(childrenOf(node), words)]);

describe('the words of a row', () => {
  it('say what a person must know of the sample organization', () => {
    assert.deepEqual(all(sampleNodes(), seen), [
      'apac-new not set up yet · no integrations',
      'azure-preview duplicate host · 2 integrations',
      'dev.azure.com/acme Azure DevOps · OAuth',
      'dev.azure.com/acme/ Azure DevOps · PAT',
      'build-7 can clone nothing: no integrations',
      'build-farm deleted · no integrations',
      'eu-production 4 integrations',
      'bitbucket.org Bitbucket Cloud · OAuth',
      'dev.azure.com/acme Azure DevOps · OAuth, PAT',
      'github.com GitHub · OAuth, PAT',
      'gitlab.acme.example:8443 GitLab · OAuth, PAT',
      'frankfurt-old being deleted · 1 integration',
      'gitlab.com GitLab · PAT',
      'gcp-analytics 3 integrations',
      'git.müller.example forgejo · PAT',
      'github.com GitHub · PAT',
      'gitlab.com GitLab · OAuth',
      'jane-macbook uses the shared local configuration',
      'lab offline · no integrations',
      'Ona Cloud (eu) 1 integration · managed by Ona',
      'github.com GitHub · OAuth · managed by Ona',
      'us-staging degraded · 1 problem · 3 integrations',
      'github.acme.example no sign-in method · GitHub',
      'github.com GitHub · OAuth',
      'tfs.acme.example Azure DevOps Server · PAT',
      'Local runners shared · 1 integration',
      'github.com GitHub · OAuth',
      'Unknown runner 3f2a6c1e 1 integration',
      'gitlab.com GitLab · OAuth',
    ]);
  });

  it('are sentences for a screen reader, without abbreviations', () => {
    const staging = runnerNode(sampleNodes(), 'us-staging');
    assert.deepEqual(all([staging], said), [
      'Runner us-staging: needs attention, degraded, 1 broken, 3 integrations',
      'Integration github.acme.example: broken, no sign-in method, GitHub',
      'Integration github.com: GitHub, OAuth',
      'Integration tfs.acme.example: Azure DevOps Server, personal access token',
    ]);
  });

  it('leave no line break, and name what has no name', () => {
    const nodes = nodesByRunner({
      runners: [runnerOf({ id: '12345678-9', name: '' }), runnerOf({ id: 'b', name: 'two\nlines' })],
      integrations: [integrationOf({ id: '1', runnerId: 'b', host: '', scmId: 'new_scm' })],
    });
    assert.deepEqual(all(nodes, seen).sort(), [
      '(no host) new_scm · PAT',
      'Unnamed runner 12345678 can clone nothing: no integrations',
      'two lines 1 integration',
    ]);
  });

  it('show in the group of a host how else it is written', () => {
    const nodes = nodesByRunner({
      runners: ['eu', 'lab', 'us'].map((id) => runnerOf({ id, name: id, phase: 'RUNNER_PHASE_DEGRADED' })),
      integrations: [
        integrationOf({ id: '1', runnerId: 'eu' }),
        integrationOf({ id: '2', runnerId: 'lab', host: 'https://github.com' }),
        integrationOf({ id: '3', runnerId: 'us' }),
      ],
    });
    const { roots } = atOnce(layoutSteps(nodes, { grouping: 'host', filter: undefined }));
    assert.deepEqual(all(roots, seen), [
      'github.com 3 integrations',
      'eu degraded · GitHub · PAT',
      'lab degraded · https://github.com · GitHub · PAT',
      'us degraded · GitHub · PAT',
    ]);
    assert.equal(
      all(roots, said)[2],
      'Integration https://github.com on lab: degraded, GitHub, personal access token',
    );
    const byProvider = atOnce(layoutSteps(nodes, { grouping: 'provider', filter: undefined }));
    assert.equal(all(byProvider.roots, seen)[2], 'https://github.com degraded · on lab · PAT');
  });

  it('have an icon by phase, without the colour of a state', () => {
    const icons = Object.fromEntries(
      sampleNodes().map((node) => {
        const { icon, label } = rowOf(node);
        return [label, `${icon.id} ${icon.color ?? '-'}`];
      }),
    );
    assert.equal(icons['eu-production'], 'vm-active -');
    assert.equal(icons['Ona Cloud (eu)'], 'cloud -');
    assert.equal(icons['us-staging'], 'warning -');
    assert.equal(icons['lab'], 'vm-outline disabledForeground');
    assert.equal(icons['frankfurt-old'], 'trash disabledForeground');
    assert.equal(icons['Local runners'], 'home -');
    assert.equal(icons['Unknown runner 3f2a6c1e'], 'question disabledForeground');
  });

  describe('in another language', () => {
    afterEach(() => l10n.config({ contents: {} }));

    const speak = (language: string) =>
      l10n.config({ contents: readFileSync(`l10n/bundle.l10n.${language}.json`, 'utf8') });

    it('are German, one and many told apart', () => {
      speak('de');
      const nodes = sampleNodes();
      assert.equal(seen(runnerNode(nodes, 'frankfurt-old')), 'frankfurt-old wird gelöscht · 1 Integration');
      assert.equal(seen(runnerNode(nodes, 'eu-production')), 'eu-production 4 Integrationen');
      assert.match(said(runnerNode(nodes, 'lab')), /^Runner lab: defekt, offline, keine Integrationen$/);
    });

    it('are Japanese', () => {
      speak('ja');
      const nodes = sampleNodes();
      assert.equal(seen(runnerNode(nodes, 'frankfurt-old')), 'frankfurt-old 削除中 · 1 件の統合');
      assert.equal(seen(runnerNode(nodes, 'eu-production')), 'eu-production 4 件の統合');
    });
  });
});
