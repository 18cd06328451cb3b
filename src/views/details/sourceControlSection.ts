import * as l10n from '@vscode/l10n';
import type { SchemaProvider } from '../../api/runnerSchema.ts';
import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import { providerOf } from '../../inventory/providers.ts';
import type { SchemaAnswer } from '../../inventory/schemaAnswer.ts';
import { plainLine } from '../../base/plainLine.ts';
import { errorText } from '../../words/errors.ts';
import { hostText, signInMethods } from '../../words/integrations.ts';
import type { DetailsRow, DetailsSection, DetailsValue } from './protocol.ts';
import { code, MAX_LIST_ROWS, moreRows, none, plain, row } from './rows.ts';
import { setupRows } from './setupRows.ts';

/** Hosts of one provider that are named. */
const MAX_HOSTS = 10;

/**
 * What is configured on a runner, and what could be, a row for each provider: the configured ones come first.
 *
 * @param answer what the runner could offer
 */
export function sourceControlSection(
  runner: RunnerEntry,
  answer: SchemaAnswer = { kind: 'notAsked' },
): DetailsSection {
  const providers = answer.kind === 'known' ? uniqueProviders(answer.schema.providers) : [];
  const caption = captionText(runner, answer);
  const configured = configuredProviders(runner);
  const offered = providers.map((provider) => ({
    scmId: provider.scmId,
    provider,
    integrations: configured.get(provider.scmId) ?? [],
  }));
  const known = new Set(providers.map(({ scmId }) => scmId));
  const others = [...configured].filter(([scmId]) => !known.has(scmId));
  const all = [
    ...offered.filter(({ integrations }) => integrations.length > 0),
    ...others.map(([scmId, integrations]) => ({ scmId, provider: undefined, integrations })),
    ...offered.filter(({ integrations }) => integrations.length === 0),
  ];
  const rows = all.slice(0, MAX_LIST_ROWS).map(providerRow);
  return {
    key: 'source-control',
    heading: l10n.t('Source Control on This Runner'),
    ...(caption !== undefined && { caption }),
    rows:
      rows.length > 0
        ? [...rows, ...moreRows('scms', all.length)]
        : [row('none', l10n.t('None'), [none(l10n.t('nothing is configured'))])],
  };
}

interface ProviderOnRunner {
  readonly scmId: string;
  /** Undefined if it is not known that the runner offers it. */
  readonly provider: SchemaProvider | undefined;
  readonly integrations: readonly IntegrationEntry[];
}

function providerRow({ scmId, provider, integrations }: ProviderOnRunner): DetailsRow {
  const name = `scm-${scmId}`;
  const values = [
    ...integrations.slice(0, MAX_HOSTS).map(configuredValue),
    ...(integrations.length > MAX_HOSTS
      ? [none(l10n.t('and {0} more', integrations.length - MAX_HOSTS))]
      : []),
    ...offerValues(provider, integrations),
  ];
  const label = plainLine(providerOf(scmId, provider).name) || l10n.t('Unknown provider');
  const setup = provider === undefined ? [] : [...hostRows(provider, name), ...setupRows(provider, name)];
  return {
    ...row(name, label, values),
    lines: true,
    ...(setup.length > 0 && { more: { label: l10n.t('Setup'), rows: setup } }),
  };
}

function configuredValue(entry: IntegrationEntry): DetailsValue {
  return plain(l10n.t('configured on {0}: {1}', hostText(entry), signInMethods(entry, false)));
}

/** The sign-in methods that the runner offers, unless all of them are configured. */
function offerValues(
  provider: SchemaProvider | undefined,
  integrations: readonly IntegrationEntry[],
): DetailsValue[] {
  if (provider === undefined) {
    return [];
  }
  const isConfigured = integrations.length > 0;
  const methods = [
    ...(provider.oauth !== undefined && !integrations.some(({ integration }) => integration.oauth)
      ? [l10n.t('OAuth')]
      : []),
    ...(provider.pat !== undefined && !integrations.some(({ integration }) => integration.pat)
      ? [l10n.t('personal access token')]
      : []),
  ];
  const [only, ...more] = methods;
  if (isConfigured) {
    return only === undefined ? [] : [none(l10n.t('also available: {0}', methods.join(', ')))];
  }
  if (only === undefined) {
    return [none(l10n.t('available: no sign-in method'))];
  }
  return [
    none(
      more.length === 0 ? l10n.t('available: {0} only', only) : l10n.t('available: {0}', methods.join(', ')),
    ),
  ];
}

function hostRows({ defaultHosts }: SchemaProvider, name: string): DetailsRow[] {
  const hosts = defaultHosts.slice(0, MAX_HOSTS).map(code);
  return hosts.length === 0
    ? []
    : [
        row(
          `${name}-hosts`,
          hosts.length === 1 ? l10n.t('Default host') : l10n.t('Default hosts'),
          hosts,
          l10n.t('Copy Default Host'),
        ),
      ];
}

/** By provider, in the order of their hosts. */
function configuredProviders({ integrations }: RunnerEntry): ReadonlyMap<string, IntegrationEntry[]> {
  const byProvider = new Map<string, IntegrationEntry[]>();
  for (const entry of integrations) {
    const { scmId } = entry.integration;
    const own = byProvider.get(scmId) ?? [];
    byProvider.set(scmId, own);
    own.push(entry);
  }
  return byProvider;
}

/** The page identifies rows by the provider. */
function uniqueProviders(providers: readonly SchemaProvider[]): readonly SchemaProvider[] {
  return [...new Map(providers.map((provider) => [provider.scmId, provider])).values()];
}

/** Why this is not all, if it is not. */
function captionText(runner: RunnerEntry, answer: SchemaAnswer): string | undefined {
  switch (answer.kind) {
    case 'known':
      return answer.schema.unread?.includes('providers') === true
        ? l10n.t('Some of what the runner offers could not be read.')
        : undefined;
    case 'loading':
      return l10n.t('Loading what else the runner offers…');
    case 'failed':
      return answer.error === undefined
        ? l10n.t('Only what is configured is known.')
        : l10n.t('Only what is configured is known. {0}', errorText(answer.error));
    case 'notAsked':
      return notAskedText(runner);
  }
}

function notAskedText({ role }: RunnerEntry): string {
  switch (role) {
    case 'local':
      return l10n.t('Only what is configured is known: the shared configuration cannot be asked.');
    case 'unknown':
      return l10n.t('Only what is configured is known: the runner is not in the list.');
    case 'ordinary':
    case 'managed':
      return l10n.t(
        'Only what is configured is known: the runner could not be asked, because it is not active.',
      );
  }
}
