import { l10n } from 'vscode';
import { plainLine } from '../../api/plainLine.ts';
import type { ScmIntegration } from '../../api/schema.ts';
import { hostUrl } from '../../formats/hostUrl.ts';
import { providerOf } from '../../inventory/providers.ts';
import { timeText } from '../../platform/language.ts';
import type { IntegrationNode, ItemNode, RunnerNode } from '../tree/nodes.ts';
import { runnerName } from '../tree/runnerText.ts';
import { hostText, runnerIcon, signInMethods } from '../tree/treeItems.ts';
import type { DetailsAction, DetailsModel, DetailsRow, DetailsSection, DetailsTarget } from './messages.ts';
import { code, link, none, opens, plain, row } from './rows.ts';
import { runnerRows } from './runnerRows.ts';

/** What tells the thing apart that a node stands for. */
export function targetOf(node: ItemNode): DetailsTarget {
  if (node.kind === 'runner') {
    return { kind: 'runner', runnerId: node.runnerId };
  }
  const { runnerId, id, scmId, host } = node.integration;
  return { kind: 'integration', runnerId, id, scmId, host };
}

/** The node that a panel is about, as it is now; undefined where it is gone. */
export function findTarget(nodes: readonly RunnerNode[], target: DetailsTarget): ItemNode | undefined {
  const runner = nodes.find(({ runnerId }) => runnerId === target.runnerId);
  if (target.kind === 'runner') {
    return runner;
  }
  return runner?.integrations.find(
    ({ integration: { id, scmId, host } }) =>
      id === target.id && scmId === target.scmId && host === target.host,
  );
}

/** Everything that is known of an integration or a runner, in the words of the panel. */
export function detailsModel(
  node: ItemNode,
  nodes: readonly RunnerNode[],
  { asOf, kept }: { readonly asOf: Date | undefined; readonly kept: boolean },
): DetailsModel {
  const hasId = (node.kind === 'runner' ? node.runnerId : node.integration.id) !== '';
  const actions: DetailsAction[] = [
    ...(hasId
      ? [
          {
            id: 'copyId',
            label: node.kind === 'runner' ? l10n.t('Copy Runner ID') : l10n.t('Copy Integration ID'),
            icon: 'copy',
          } as const,
        ]
      : []),
    ...(kept ? [] : [{ id: 'keep', label: l10n.t('Keep Open'), icon: undefined } as const]),
    { id: 'refresh', label: l10n.t('Refresh'), icon: 'refresh' },
  ];
  const page = node.kind === 'runner' ? runnerPage(node) : integrationPage(node, nodes);
  return {
    ...page,
    notice: undefined,
    gone: false,
    asOf: asOf === undefined ? '' : l10n.t('As of {0}', timeText(asOf, { timeStyle: 'medium' })),
    actions,
    texts: { copied: l10n.t('Copied') },
  };
}

type Page = Pick<DetailsModel, 'title' | 'subtitle' | 'icon' | 'sections'>;

function runnerPage(node: RunnerNode): Page {
  const integrations = node.integrations.map((child, i) =>
    row(`integration-${i}`, providerName(child.integration), [opens(hostText(child), targetOf(child))]),
  );
  const count = node.integrations.length;
  return {
    title: runnerName(node),
    subtitle: runnerSubtitle(node),
    icon: runnerIcon(node).id,
    sections: [
      { key: 'runner', heading: undefined, rows: runnerRows(node) },
      {
        key: 'integrations',
        heading: count === 0 ? l10n.t('Integrations') : l10n.t('Integrations ({0})', count),
        rows:
          count === 0
            ? [
                row('none', l10n.t('None'), [
                  none(
                    node.integrationsPending
                      ? l10n.t('not loaded')
                      : l10n.t('it can reach no source-control host'),
                  ),
                ]),
              ]
            : integrations,
      },
    ],
  };
}

function runnerSubtitle({ role }: RunnerNode): string {
  switch (role) {
    case 'local':
      return l10n.t('Configuration that all local runners of the organization share');
    case 'managed':
      return l10n.t('Runner operated by Ona');
    case 'unknown':
      return l10n.t('Not in the list of runners: the API key may not see it, or it was deleted meanwhile');
    case 'ordinary':
      return l10n.t('Runner');
  }
}

function integrationPage(node: IntegrationNode, nodes: readonly RunnerNode[]): Page {
  const { integration } = node;
  const owner = nodes.find(({ integrations }) => integrations.includes(node));
  const subtitle = l10n.t(
    '{0} on {1}',
    providerName(integration),
    owner === undefined ? '' : runnerName(owner),
  );
  const related = relatedNodes(node, nodes);
  const sections: DetailsSection[] = [
    { key: 'integration', heading: undefined, rows: integrationRows(node) },
    ...(owner === undefined
      ? []
      : [{ key: 'runner', heading: l10n.t('Runner'), rows: [ownerRow(owner), ...runnerRows(owner)] }]),
    {
      key: 'related',
      heading: l10n.t('Same Host on Other Runners'),
      rows:
        related.length === 0
          ? [row('none', l10n.t('None'), [none(l10n.t('no other runner has an integration for this host'))])]
          : related.map(({ other, runner }, i) =>
              row(`related-${i}`, runnerName(runner), [opens(signInMethods(other, false), targetOf(other))]),
            ),
    },
  ];
  return {
    title: hostText(node),
    subtitle: node.managed ? l10n.t('{0}, managed by Ona', subtitle) : subtitle,
    icon: providerOf(integration.scmId).icon.replace(/^ona-scm-/, ''),
    sections,
  };
}

function ownerRow(owner: RunnerNode): DetailsRow {
  return row('runner-name', l10n.t('Name'), [opens(runnerName(owner), targetOf(owner))]);
}

function integrationRows({ integration }: IntegrationNode): DetailsRow[] {
  const { oauth, pat, id, host, virtualDirectory = '' } = integration;
  const on = (text: string) => ({ text, style: 'good', icon: 'check' }) as const;
  const methods = [
    ...(oauth ? [on(l10n.t('OAuth'))] : []),
    ...(pat ? [on(l10n.t('Personal access token'))] : []),
  ];
  const address = hostUrl(host, virtualDirectory);
  const noOauth = none(l10n.t('OAuth is not configured'));
  return [
    row(
      'host',
      l10n.t('Host'),
      [address === undefined ? plain(host) : link(host, address)],
      l10n.t('Copy Host'),
    ),
    row('provider', l10n.t('Provider'), [plain(providerName(integration))]),
    row(
      'sign-in',
      l10n.t('Sign-in methods'),
      methods.length === 0
        ? [{ text: l10n.t('none: nobody can sign in to this host'), style: 'warning', icon: 'warning' }]
        : methods,
    ),
    row('id', l10n.t('Integration ID'), [code(id)], l10n.t('Copy Integration ID')),
    row('scm-id', l10n.t('Provider ID'), [code(integration.scmId)], l10n.t('Copy Provider ID')),
    row(
      'client-id',
      l10n.t('OAuth client ID'),
      [
        oauth === undefined
          ? noOauth
          : oauth.clientId === undefined
            ? none(l10n.t('not set'))
            : code(oauth.clientId),
      ],
      l10n.t('Copy OAuth Client ID'),
    ),
    row('client-secret', l10n.t('OAuth client secret'), [
      oauth === undefined
        ? noOauth
        : oauth.clientSecretSet
          ? plain(l10n.t('set (encrypted for the runner; never shown)'))
          : none(l10n.t('not set')),
    ]),
    row(
      'issuer-url',
      l10n.t('Issuer URL'),
      [
        oauth === undefined
          ? noOauth
          : oauth.issuerUrl === undefined
            ? none(l10n.t('same as the host'))
            : code(oauth.issuerUrl),
      ],
      l10n.t('Copy Issuer URL'),
    ),
    row(
      'virtual-directory',
      l10n.t('Virtual directory'),
      [virtualDirectory === '' ? none(virtualDirectoryMeaning(integration)) : code(virtualDirectory)],
      l10n.t('Copy Virtual Directory'),
    ),
  ];
}

function virtualDirectoryMeaning(integration: ScmIntegration): string {
  return integration.scmId === 'azuredevops_server'
    ? l10n.t('not set')
    : l10n.t('not used by {0}', providerName(integration));
}

/** Other runners' integrations for the same host; hosts are compared without regard to case. */
function relatedNodes(
  node: IntegrationNode,
  nodes: readonly RunnerNode[],
): { readonly other: IntegrationNode; readonly runner: RunnerNode }[] {
  const host = node.integration.host.toLowerCase();
  return host === ''
    ? []
    : nodes
        .filter(({ runnerId }) => runnerId !== node.integration.runnerId)
        .flatMap((runner) => runner.integrations.map((other) => ({ other, runner })))
        .filter(({ other }) => other.integration.host.toLowerCase() === host);
}

function providerName({ scmId }: ScmIntegration): string {
  return plainLine(providerOf(scmId).name) || l10n.t('Unknown provider');
}
