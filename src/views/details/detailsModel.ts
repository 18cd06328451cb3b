import * as l10n from '@vscode/l10n';
import { hostKey } from '../../inventory/hosts.ts';
import { providerOf } from '../../inventory/providers.ts';
import { errorText } from '../../platform/errorText.ts';
import { timeText } from '../../platform/language.ts';
import type { IntegrationNode, ItemNode, RunnerNode } from '../tree/nodes.ts';
import { runnerName } from '../tree/runnerText.ts';
import { hostText, runnerIcon, signInMethods } from '../tree/rowText.ts';
import { detailsActions } from './detailsActions.ts';
import { integrationRows, providerName } from './integrationRows.ts';
import { targetOf } from './detailsTarget.ts';
import type { DetailsModel, DetailsRow, DetailsSection, DetailsTarget, DetailsValue } from './messages.ts';
import { providerRows } from './providerRows.ts';
import { none, opens, plain, row, warning } from './rows.ts';
import { runnerSection, runnerState } from './runnerRows.ts';

/** Everything that is known of an integration or a runner, in the words of the panel. */
export function detailsModel(
  node: ItemNode,
  nodes: readonly RunnerNode[],
  { asOf, kept }: { readonly asOf: Date | undefined; readonly kept: boolean },
): DetailsModel {
  const page = node.kind === 'runner' ? runnerPage(node) : integrationPage(node, nodes);
  return {
    ...page,
    notice: undefined,
    gone: false,
    asOf: asOf === undefined ? '' : l10n.t('As of {0}', timeText(asOf, { timeStyle: 'medium' })),
    actions: detailsActions(node, kept),
    texts: { copied: l10n.t('Copied') },
  };
}

/** A page about something whose values are not known. */
export function emptyModel(target: DetailsTarget): DetailsModel {
  return {
    title: target.kind === 'runner' ? l10n.t('Runner') : target.host || l10n.t('Integration'),
    subtitle: '',
    state: undefined,
    icon: target.kind === 'runner' ? 'vm-outline' : 'git-host',
    notice: undefined,
    gone: false,
    sections: [],
    asOf: '',
    actions: [],
    texts: { copied: l10n.t('Copied') },
  };
}

type Page = Pick<DetailsModel, 'title' | 'subtitle' | 'state' | 'icon' | 'sections'>;

function runnerPage(node: RunnerNode): Page {
  return {
    title: runnerName(node),
    subtitle: runnerSubtitle(node),
    state: runnerState(node),
    icon: runnerIcon(node).id,
    sections: [
      runnerSection(node, []),
      { key: 'integrations', heading: integrationsHeading(node), rows: ownIntegrationRows(node) },
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

function integrationsHeading({ integrations: { length }, integrationsPending }: RunnerNode): string {
  if (length === 0) {
    return l10n.t('Integrations');
  }
  return integrationsPending
    ? l10n.t('Integrations ({0} so far)', length)
    : l10n.t('Integrations ({0})', length);
}

function ownIntegrationRows({ integrations, integrationsPending, failure }: RunnerNode): DetailsRow[] {
  const meaning = integrationsPending ? l10n.t('not loaded') : l10n.t('it can reach no source-control host');
  return [
    ...(failure === undefined
      ? []
      : [row('failure', l10n.t('Could not be loaded'), [warning(errorText(failure.error))])]),
    ...linkedRows(
      'integration',
      integrations.map((child) => ({
        target: targetOf(child),
        label: hostText(child),
        values: [plain(providerName(child.integration)), signInValue(child)],
      })),
    ),
    ...(integrations.length > 0 || failure !== undefined
      ? []
      : [row('none', l10n.t('None'), [none(meaning)])]),
  ];
}

function integrationPage(node: IntegrationNode, nodes: readonly RunnerNode[]): Page {
  const { integration } = node;
  const owner = nodes.find(({ integrations }) => integrations.includes(node));
  const subtitle =
    owner === undefined
      ? providerName(integration)
      : l10n.t('{0} on {1}', providerName(integration), runnerName(owner));
  const sections: DetailsSection[] = [
    { key: 'integration', heading: l10n.t('Integration'), rows: integrationRows(integration) },
    { key: 'provider', heading: l10n.t('Provider'), rows: providerRows(integration) },
    ...(owner === undefined ? [] : [runnerSection(owner, [ownerRow(owner)])]),
    { key: 'related', heading: l10n.t('Same Host on Other Runners'), rows: relatedRows(node, nodes) },
  ];
  return {
    title: hostText(node),
    subtitle: node.managed ? l10n.t('{0}, managed by Ona', subtitle) : subtitle,
    state: owner && runnerState(owner),
    icon: providerOf(integration.scmId).icon.replace(/^ona-scm-/, ''),
    sections,
  };
}

function ownerRow(owner: RunnerNode): DetailsRow {
  const { runner, role } = owner;
  // A name that is ours is nothing to copy.
  const hasName = runner !== undefined && runner.name !== '' && role !== 'local';
  const name = opens(runnerName(owner), targetOf(owner));
  return row('runner-name', l10n.t('Name'), [name], hasName ? l10n.t('Copy Runner Name') : undefined);
}

/** Other runners' integrations with the same host. */
function relatedRows(node: IntegrationNode, nodes: readonly RunnerNode[]): DetailsRow[] {
  const host = hostKey(node.integration.host);
  const related: LinkedRow[] = [];
  for (const runner of nodes) {
    if (host === '' || runner.runnerId === node.integration.runnerId) {
      continue;
    }
    for (const other of runner.integrations) {
      if (hostKey(other.integration.host) === host) {
        const state = runnerState(runner);
        const values = [signInValue(other), ...(state === undefined ? [] : [state])];
        related.push({ target: targetOf(other), label: runnerName(runner), values });
      }
    }
  }
  return related.length > 0
    ? linkedRows('related', related)
    : [row('none', l10n.t('None'), [none(l10n.t('no other runner has an integration for this host'))])];
}

interface LinkedRow {
  readonly target: DetailsTarget;
  readonly label: string;
  readonly values: readonly DetailsValue[];
}

/** More rows than anybody reads would only make the panel slow. */
const MOST_LINKED_ROWS = 100;

/** Rows whose labels lead elsewhere; a row that comes in between leaves the keys of the others as they are. */
function linkedRows(name: string, linked: readonly LinkedRow[]): DetailsRow[] {
  const repeats = new Map<string, number>();
  const rows = linked.slice(0, MOST_LINKED_ROWS).map(({ target, label, values }): DetailsRow => {
    const id = JSON.stringify(target);
    const repeat = repeats.get(id) ?? 0;
    repeats.set(id, repeat + 1);
    // The webview tells rows apart by key and target.
    return { ...row(`${name}-${repeat}`, label, values), open: target };
  });
  const left = linked.length - rows.length;
  return left === 0
    ? rows
    : [...rows, row(`${name}-more`, l10n.t('More'), [none(l10n.t('and {0} more', left))])];
}

function signInValue(node: IntegrationNode): DetailsValue {
  const { oauth, pat } = node.integration;
  const methods = signInMethods(node, false);
  return oauth === undefined && !pat ? warning(methods) : plain(methods);
}
