import * as l10n from '@vscode/l10n';
import { plainLine } from '../../base/plainLine.ts';
import type { RunnerEntry } from '../../inventory/groups.ts';
import { asciiHost } from '../../inventory/hostUrl.ts';
import { errorText } from '../../words/errors.ts';
import { escapeMarkdown } from '../../base/text.ts';
import { hostText, integrationCount, signInMethods } from '../../words/integrations.ts';
import { unreadIntegrations } from '../../words/leftOut.ts';
import { phaseReasons } from './integrationWords.ts';
import type { IntegrationNode, TreeNode } from './nodes.ts';
import { spellingText } from '../../words/spelling.ts';
import { runnerKindText, runnerProviderText } from '../../words/runnerKinds.ts';
import { enumText, runnerName } from '../../words/runners.ts';
import { groupName, keepsOthers, moreText, runnersName } from './rowParts.ts';
import { problemsText } from '../../words/problems.ts';
import type { Status } from '../../inventory/statuses.ts';
import { statusText } from '../../words/status.ts';
import {
  checkMarkdown,
  integrationStatusMarkdown,
  runnerStatusMarkdown,
  signInMarkdown,
  type TooltipContext,
} from './statusMarkdown.ts';

const NO_CONTEXT: TooltipContext = { signIns: undefined, apiUrl: undefined };

/**
 * The tooltip of a row, in Markdown. Text from the API is escaped; only IDs of harmless characters are styled as code.
 */
export function tooltipOf(node: TreeNode, context: TooltipContext = NO_CONTEXT): string {
  switch (node.kind) {
    case 'runner':
      return runnerTooltip(node.entry, context);
    case 'integration':
      return integrationTooltip(node, context);
    case 'failure':
      return card(
        l10n.t('The integrations could not be loaded'),
        [],
        escapeMarkdown(`${errorText(node.error)} ${l10n.t('Click to retry.')}`),
      );
    case 'group':
      return card(
        groupName(node),
        [[l10n.t('Problems'), escapeMarkdown(problemsText(node.summary.problems))]],
        escapeMarkdown(integrationCount(node.integrations.length)),
      );
    case 'runnersWithoutIntegrations':
      return card(
        runnersName(node),
        [[l10n.t('Problems'), escapeMarkdown(problemsText(node.summary.problems))]],
        keepsOthers(node)
          ? l10n.t('Runners that match the filter, whatever integrations they have.')
          : l10n.t('Runners without integrations, or whose integrations could not be loaded or read.'),
      );
    case 'more':
      return card(moreText(node), []);
  }
}

function runnerTooltip(entry: RunnerEntry, context: TooltipContext): string {
  const { runner, phase, role, ref, leftOut, status, problems } = entry;
  if (runner === undefined) {
    const why = l10n.t(
      'This runner is not in the list of runners: it may have been deleted, the API key may not have access to it, or the list could not be loaded.',
    );
    const rows: Row[] = [
      [l10n.t('Problems'), escapeMarkdown(problemsText(problems))],
      [l10n.t('Runner ID'), code(ref.runnerId)],
    ];
    return card(runnerName(entry), rows, why);
  }
  const hasMessage = phaseReasons(entry).length > 0;
  const rows: Row[] = [
    [l10n.t('Problems'), escapeMarkdown(problemsText(problems))],
    [l10n.t('Kind'), escapeMarkdown(runnerKindText(runner))],
    [l10n.t('Provider'), escapeMarkdown(runnerProviderText(runner))],
    [l10n.t('Region'), escapeMarkdown(runner.region)],
    [l10n.t('Version'), escapeMarkdown(runner.version)],
    [l10n.t('Phase'), phase === undefined ? '' : escapeMarkdown(enumText(phase, 'RUNNER_PHASE_'))],
    // A reason has said it.
    [l10n.t('Message'), hasMessage ? '' : escapeMarkdown(runner.message)],
    [l10n.t('Runner ID'), code(runner.id)],
    [l10n.t('Integrations'), leftOut === 0 ? '' : escapeMarkdown(unreadIntegrations(leftOut))],
  ];
  const note =
    role === 'local'
      ? l10n.t('Configuration shared by all local runners in the organization.')
      : role === 'managed'
        ? l10n.t('Managed by Ona.')
        : undefined;
  return card(runnerName(entry), rows, note, [
    statusLine(status.own),
    ...runnerStatusMarkdown(entry, context),
  ]);
}

function integrationTooltip(node: IntegrationNode, context: TooltipContext): string {
  const { entry, runner, under } = node;
  const { integration, provider, isInherited, hasDuplicate, status } = entry;
  const spelling = spellingText(integration.host);
  // Its reason says it.
  const hasNone = status.reasons.some(({ code }) => code === 'noSignIn');
  return card(
    hostText(entry),
    [
      [l10n.t('ASCII form'), code(asciiHost(integration.host) ?? '')],
      [l10n.t('Runner'), under === undefined ? '' : escapeMarkdown(runnerName(runner))],
      [l10n.t('Provider'), escapeMarkdown(provider.name)],
      [l10n.t('Sign-in methods'), hasNone ? '' : escapeMarkdown(signInMethods(entry, false))],
      [l10n.t('OAuth client ID'), escapeMarkdown(integration.oauth?.clientId ?? '')],
      [l10n.t('Issuer URL'), escapeMarkdown(integration.oauth?.issuerUrl ?? '')],
      [l10n.t('Virtual directory'), escapeMarkdown(integration.virtualDirectory ?? '')],
      [l10n.t('Integration ID'), code(integration.id)],
    ],
    [
      ...signInMarkdown(node, context),
      ...checkMarkdown(node, context),
      ...(spelling === undefined ? [] : [escapeMarkdown(spelling)]),
      ...(isInherited
        ? [l10n.t('Managed by Ona. This integration is inherited and cannot be changed.')]
        : []),
      ...(hasDuplicate ? [l10n.t('This runner has another integration for this host.')] : []),
    ].join('\n\n'),
    [statusLine(status.own), ...integrationStatusMarkdown(node, context)],
  );
}

/** A problem or a proof as a heading; nothing is said if it is not checked. */
function statusLine(status: Status): string {
  return status === 'unchecked' ? '' : escapeMarkdown(statusText(status));
}

/** A label and its value as Markdown; a row without a value is left out. */
type Row = readonly [label: string, markdown: string];

/** @param status paragraphs of Markdown before the rows */
function card(title: string, rows: readonly Row[], note = '', status: readonly string[] = []): string {
  const lines = rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `| ${label.replaceAll(' ', '&nbsp;')} | ${value} |`);
  const table = lines.length === 0 ? '' : `\n\n| | |\n|:--|:--|\n${lines.join('\n')}`;
  const lead = status.filter((part) => part !== '').map((part) => `\n\n${part}`);
  return `**${escapeMarkdown(title)}**${lead.join('')}${table}${note === '' ? '' : `\n\n${note}`}`;
}

function code(id: string): string {
  return /^[\w.:-]+$/.test(id) ? `\`${plainLine(id)}\`` : escapeMarkdown(id);
}
