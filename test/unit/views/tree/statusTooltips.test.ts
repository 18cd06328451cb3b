import assert from 'node:assert/strict';
import type { Runner } from '../../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import { Filter } from '../../../../src/inventory/filter.ts';
import type { OrganizationFacts } from '../../../../src/inventory/statusFacts.ts';
import { parseRefKey } from '../../../../src/inventory/itemRef.ts';
import { tooltipOf } from '../../../../src/views/tree/tooltips.ts';
import { layoutSteps } from '../../../../src/views/tree/treeLayout.ts';
import { FILTER_WORDS } from '../../../../src/words/filter.ts';
import { atOnce } from '../../base/atOnce.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { AS_OF, ROBOT, signInsOf, tokenOf } from '../../inventory/withStatuses.ts';
import { nodesByRunner } from './sampleNodes.ts';

const ONA = 'https://app.gitpod.io/api';

/** Markdown with its character references resolved, and times of day and dates left out. */
const read = (markdown: string) =>
  markdown
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/(?:Nov 27, 2026, )?\d\d:\d\d/g, 'TIME')
    // If the test does not run on that day.
    .replaceAll('asked eu on TIME', 'asked eu at TIME');

interface Case {
  readonly runner?: Partial<Runner>;
  readonly integration?: Partial<ScmIntegration>;
  readonly facts?: Partial<OrganizationFacts>;
  readonly apiUrl?: string;
}

function nodesOf({ runner = {}, integration = {}, facts = {}, apiUrl = ONA }: Case) {
  const [node] = nodesByRunner(
    {
      runners: [runnerOf({ id: 'eu-id', name: 'eu', ...runner })],
      integrations: [integrationOf({ id: '1', runnerId: runner.id ?? 'eu-id', ...integration })],
    },
    facts,
  );
  assert.ok(node?.integrations[0]);
  const context = { signIns: facts.signIns?.signIns, apiUrl };
  return { runner: tooltipOf(node, context), integration: tooltipOf(node.integrations[0], context) };
}

/** The paragraphs around the table. */
const paragraphs = (markdown: string) =>
  read(markdown)
    .split('\n\n')
    .filter((part) => !part.startsWith('| | |'));

const connectUrl = (key: readonly string[]) =>
  `command:onaScm.connect?${encodeURIComponent(encodeURIComponent(JSON.stringify([JSON.stringify(key)])))}`;

const inDays = (days: number) => new Date(AS_OF.getTime() + days * 86_400_000).toISOString();

describe('the status in a tooltip', () => {
  const SETTINGS = '[Runner Settings](https://app.ona.com/settings/runners/eu-id)';

  it('is not said where nothing is known', () => {
    assert.deepEqual(paragraphs(nodesOf({}).integration), ['**github.com**']);
    assert.deepEqual(paragraphs(nodesOf({}).runner), ['**eu**']);
  });

  it('is each reason as a sentence with its source, time and way out, before the table', () => {
    assert.deepEqual(paragraphs(nodesOf({ integration: { pat: false } }).integration), [
      '**github.com**',
      'Broken',
      `Nobody can sign in to github.com: no sign-in method is configured.  \nlist of integrations, TIME · ${SETTINGS}`,
    ]);
    assert.doesNotMatch(
      nodesOf({ integration: { pat: false } }).integration,
      /Sign-in/,
      'that is said already',
    );
    const { integration } = nodesOf({
      integration: { scmId: 'azuredevops_server', oauth: { clientSecretSet: false }, pat: false },
    });
    assert.deepEqual(
      paragraphs(integration)
        .slice(2)
        .map((text) => text.split('  \n')[0]),
      [
        'Azure DevOps Server does not support OAuth.',
        'Personal access tokens are off, but they are the only way to sign in to Azure DevOps Server.',
        'Azure DevOps Server requires a virtual directory, such as /tfs.',
      ],
    );
  });

  it('of a runner counts its rows with problems, and says its message once', () => {
    const { runner, integration } = nodesOf({
      runner: {
        phase: 'RUNNER_PHASE_DEGRADED',
        message: 'disk pressure on node-7',
        statusUpdatedAt: AS_OF.toISOString(),
      },
      integration: { pat: false },
    });
    const reason = `eu is degraded: disk pressure on node-7.  \nrunner eu, TIME · ${SETTINGS}`;
    assert.deepEqual(paragraphs(runner), ['**eu**', 'Needs attention', reason]);
    assert.match(read(runner), /\n\| Problems \| 1 broken \|\n/);
    assert.equal(runner.split('pressure').length, 2);
    assert.equal(paragraphs(integration).at(-1), `Runner: ${reason}`);
  });

  it('says what proves that an integration works, and names nobody', () => {
    const facts = { answersOf: () => ({ access: { signedIn: true, wasSignedIn: false, at: AS_OF } }) };
    assert.deepEqual(paragraphs(nodesOf({ facts }).integration), [
      '**github.com**',
      'Works',
      'eu confirmed the sign-in to github.com.  \nasked eu at TIME',
    ]);
  });

  it('offers to connect where a token ends, and where there is no sign-in', () => {
    const page = `[Connect…](${connectUrl(['integration', 'eu-id', '1', 'github', 'github.com'])})`;
    const ending = signInsOf([tokenOf({ runnerId: 'eu-id', expiresAt: inDays(3) })]);
    const [, , reason, onRecord] = paragraphs(nodesOf({ facts: { signIns: ending } }).integration);
    assert.match(
      reason ?? '',
      /^Your personal access token for github\.com ends on .* {2}\nyour sign-ins, TIME · /,
    );
    assert.ok(reason?.endsWith(page));
    assert.match(
      onRecord ?? '',
      /^As of TIME, a sign-in of yours is on record: personal access token \((?:until|ended) /,
    );
    assert.deepEqual(paragraphs(nodesOf({ facts: { signIns: signInsOf([]) } }).integration), [
      '**github.com**',
      `As of TIME, no sign-in of yours is on record. ${page}`,
    ]);
  });

  it('names a service account, which signs in elsewhere, and never says "you"', () => {
    const ending = signInsOf([tokenOf({ runnerId: 'eu-id', expiresAt: inDays(3) })], ROBOT);
    for (const signIns of [ending, signInsOf([], ROBOT)]) {
      const text = read(nodesOf({ facts: { signIns } }).integration);
      assert.match(text, /the service account 9b7d2f0e/);
      assert.doesNotMatch(text, /\byours?\b|\byou\b|https:|command:/i);
    }
  });

  it('names the item to the command as it is, whatever its host', () => {
    const hosts = [
      'a.example/%2525',
      'x)[y](command:quit)',
      '\'"<b>&*!(`|',
      'git.müller.example',
      'a\ud800b\n',
    ];
    for (const host of hosts) {
      const { integration } = nodesOf({ integration: { host }, facts: { signIns: signInsOf([]) } });
      const [, url = ''] = /\[Connect…\]\(([^)\s]*)\)/.exec(integration) ?? [];
      assert.match(url, /^command:onaScm\.connect\?[\w.%~-]+$/);
      assert.equal(integration.split('](').length, 2, 'no other link');
      // As VS Code reads it: `URI.parse`, then `CommandOpener`.
      const query = decodeURIComponent(url.slice(url.indexOf('?') + 1));
      const [key] = JSON.parse(decodeURIComponent(query)) as [string];
      assert.deepEqual(parseRefKey(key), {
        kind: 'integration',
        runnerId: 'eu-id',
        id: '1',
        scmId: 'github',
        host,
      });
    }
  });

  it('has no link to anything but an https page or that command, whatever the ID of a runner', () => {
    const linked = (id: string, apiUrl = ONA) =>
      nodesOf({ runner: { id }, integration: { pat: false }, apiUrl })
        .integration.split('](')[1]
        ?.split('\n')[0];
    assert.equal(linked('eu', 'http://localhost:3000/api'), undefined);
    assert.equal(
      linked('a)b [x](command:quit)'),
      'https://app.ona.com/settings/runners/a%29b%20%5Bx%5D%28command%3Aquit%29)',
    );
    assert.equal(
      linked('<b>&amp;"\'`|*'),
      'https://app.ona.com/settings/runners/%3Cb%3E%26amp%3B%22%27%60%7C%2A)',
    );
  });

  it('keeps hostile text as text', () => {
    const message = '[link](command:quit) <img src=x> $(alert) `code` **b** |x|\n\n# h';
    const { runner } = nodesOf({ runner: { phase: 'RUNNER_PHASE_DEGRADED', message } });
    const paragraph = runner.split('\n\n')[2] ?? '';
    assert.match(paragraph.split('  \n')[0] ?? '', /^[\w ]*(?:&#\d+;[\w ]*)+$/);
  });

  it('of runners that a filter by status keeps does not say that they have no integrations', () => {
    const nodes = nodesByRunner({
      runners: [runnerOf({ id: 'lab', name: 'lab', phase: 'RUNNER_PHASE_INACTIVE' })],
      integrations: [integrationOf({ id: '1', runnerId: 'lab' })],
    });
    const filter = Filter.parse('status:broken', FILTER_WORDS);
    const [group] = atOnce(layoutSteps(nodes, { grouping: 'host', filter })).roots;
    assert.ok(group);
    assert.deepEqual(paragraphs(tooltipOf(group)), [
      '**Runners**',
      'Runners that match the filter, whatever integrations they have.',
    ]);
    assert.match(read(tooltipOf(group)), /\| Problems \| 1 broken \|/);
  });

  it('of a group says how many of its rows have problems', () => {
    const nodes = nodesByRunner({
      runners: [runnerOf({ id: 'eu', name: 'eu' })],
      integrations: [integrationOf({ id: '1', runnerId: 'eu', pat: false })],
    });
    const [group] = atOnce(layoutSteps(nodes, { grouping: 'host', filter: undefined })).roots;
    assert.ok(group);
    assert.match(read(tooltipOf(group)), /\| Problems \| 1 broken \|\n\n1 integration$/);
  });
});
