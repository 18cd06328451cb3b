import * as l10n from '@vscode/l10n';
import { codeSpan } from '../formats/codeSpan.ts';
import type { Diagnosis, DiagnosisBlock, DiagnosisLine, DiagnosisList } from '../formats/diagnosis.ts';
import type { MessageOf } from '../formats/jsonText.ts';
import { findRunner, type IntegrationEntry, type ItemEntry, type RunnerEntry } from '../inventory/groups.ts';
import { isProblem, STATUSES } from '../inventory/statuses.ts';
import { checkFacts } from '../words/checkFacts.ts';
import { checkName } from '../words/checks.ts';
import { errorText } from '../words/errors.ts';
import { hostText, integrationCount, providerText, signInMethods } from '../words/integrations.ts';
import { leftOutText } from '../words/leftOut.ts';
import { messagesOf } from '../words/messagesOf.ts';
import { listText, timeText } from '../words/numbersAndDates.ts';
import { runnerKindText, runnerProviderText } from '../words/runnerKinds.ts';
import { phaseText, runnerCount, runnerName } from '../words/runners.ts';
import { signInSentence } from '../words/signIns.ts';
import { statusText } from '../words/status.ts';
import { statusCount } from '../words/statusCount.ts';
import type { DiagnosisPlace } from './diagnosisPlace.ts';

/** In UTF-16 units. A sentence can contain several texts of a runner. */
const MAX_SENTENCE = 2500;

/** Of one item. A runner can have thousands of duplicate hosts, and nothing else would fit then. */
const MAX_REASONS = 20;

/**
 * What is wrong with items, for somebody who knows nothing else about them. Problems come first, in full; of the others,
 * only those that were chosen are described in full. Times have their date and zone, because a ticket is read on another
 * day and elsewhere.
 *
 * @param chosen what was selected. A runner stands for its integrations too. Undefined if nothing was: then it is about
 *   everything
 */
export function diagnosisOf(
  place: DiagnosisPlace,
  runners: readonly RunnerEntry[],
  chosen: readonly ItemEntry[] | undefined,
): Diagnosis {
  const items = new Set((chosen ?? runners).flatMap(withIntegrations));
  const list = [...items];
  const inFull = new Set(chosen);
  const described = new Set(
    STATUSES.flatMap((status) =>
      list.filter((item) => item.status.own === status && (isProblem(status) || inFull.has(item))),
    ),
  );
  const messageOf = messagesOf(runners);
  const describe = (item: ItemEntry): DiagnosisList => {
    if (item.kind === 'runner') {
      const own = countLine(item.integrations, integrationCount(item.integrations.length));
      return { heading: codeSpan(runnerName(item)), lines: [...runnerLines(item, messageOf), own] };
    }
    const runner = findRunner(runners, item.ref.runnerId);
    const name = codeSpan(runner ? runnerName(runner) : item.ref.runnerId);
    const signIns = runner && signInSentence(item, place.state.signIns, runner.role);
    const isKnown = runner === undefined || described.has(runner);
    const ofRunner = {
      ...line(l10n.t('Runner'), name),
      lines: isKnown ? [] : runnerLines(runner, messageOf),
    };
    return {
      heading: l10n.t('{0} on {1}', codeSpan(hostText(item)), name),
      lines: [
        ...statusLines(item, messageOf),
        ...integrationFacts(item, signIns),
        ...checkLines(item, runner, place),
        ofRunner,
      ],
    };
  };
  return {
    heading: l10n.t('Diagnosis of SCM integrations'),
    lines: [...placeLines(place), ...(list.length === 1 ? [] : countLines(list))],
    blocks: [
      ...[...described].map((item) => ({
        describe: () => describe(item),
        runners: Number(item.kind === 'runner'),
        integrations: Number(item.kind === 'integration'),
      })),
      ...otherBlocks(runners, (item) => items.has(item) && !described.has(item)),
    ],
  };
}

/** How much of a diagnosis was left out, as a sentence. */
export function diagnosisLeftOut({
  runners,
  integrations,
}: Pick<DiagnosisBlock, 'runners' | 'integrations'>) {
  const parts = [
    ...(integrations > 0 ? [integrationCount(integrations)] : []),
    ...(runners > 0 ? [runnerCount(runners)] : []),
  ];
  return l10n.t('Left out, because there are too many: {0}.', listText(parts));
}

function withIntegrations(item: ItemEntry): readonly ItemEntry[] {
  return item.kind === 'runner' ? [item, ...item.integrations] : [item];
}

function placeLines({ programs, apiHost, organization, state }: DiagnosisPlace): DiagnosisLine[] {
  const { asOf, signIns, error, data } = state;
  return [
    line(l10n.t('Versions'), programs.map((name) => codeSpan(name)).join(', ')),
    line(l10n.t('API'), codeSpan(apiHost)),
    ...(organization === undefined
      ? []
      : [line(l10n.t('Organization'), `${codeSpan(organization.name)} (${codeSpan(organization.id)})`)]),
    line(l10n.t('Lists'), asOf === undefined ? l10n.t('not loaded completely yet') : exactTime(asOf)),
    line(l10n.t('Sign-ins on record'), signIns === undefined ? l10n.t('not known') : exactTime(signIns.asOf)),
    ...(error === undefined ? [] : [line(l10n.t('Problem'), codeSpan(errorText(error)))]),
    ...(data.leftOut === undefined ? [] : [line(l10n.t('Missing'), codeSpan(leftOutText(data.leftOut)))]),
  ];
}

function statusLines(entry: ItemEntry, messageOf: MessageOf): DiagnosisLine[] {
  const { own, effective, reasons, proof } = entry.status;
  const why = reasons.slice(0, MAX_REASONS).map((reason) => ({
    text: withSource(codeSpan(messageOf(reason, entry), MAX_SENTENCE), reason),
  }));
  const left = reasons.length - why.length;
  return [
    {
      ...line(l10n.t('Status'), statusText(own)),
      lines: [
        ...why,
        ...(left > 0 ? [{ text: l10n.t('and {0} more', left) }] : []),
        ...(proof ? [{ text: withSource(l10n.t('The runner confirmed the sign-in'), proof) }] : []),
      ],
    },
    ...(effective === own ? [] : [line(l10n.t('Together with its runner'), statusText(effective))]),
  ];
}

function runnerLines(entry: RunnerEntry, messageOf: MessageOf): DiagnosisLine[] {
  return [...statusLines(entry, messageOf), ...runnerFacts(entry)];
}

function integrationFacts(entry: IntegrationEntry, signIns: string | undefined): DiagnosisLine[] {
  const { id, scmId } = entry.integration;
  return [
    line(
      l10n.t('Provider'),
      scmId === '' ? providerText(entry) : `${codeSpan(providerText(entry))} (${codeSpan(scmId)})`,
    ),
    line(l10n.t('Sign-in methods'), signInMethods(entry, false)),
    ...(signIns === undefined ? [] : [line(l10n.t('Sign-in'), codeSpan(signIns))]),
    line(l10n.t('Integration ID'), id === '' ? l10n.t('none') : codeSpan(id)),
  ];
}

/** What the runner answered, as far as the status does not say it, and why it did not. */
function checkLines(
  entry: IntegrationEntry,
  runner: RunnerEntry | undefined,
  { checksOf, subject }: DiagnosisPlace,
): DiagnosisLine[] {
  const facts = runner === undefined ? [] : checkFacts(entry, runner, checksOf?.(entry), subject);
  return facts.map(({ kind, source, answer, change, failure }) => {
    const [first = '', ...others] = [
      ...(answer ? [withSource(codeSpan(answer.text, MAX_SENTENCE), answer)] : []),
      ...(change === undefined ? [] : [codeSpan(change)]),
      ...(failure ? [withSource(codeSpan(failure.text, MAX_SENTENCE), { source, at: failure.at })] : []),
    ];
    return {
      ...line(checkName(kind), first),
      lines: others.map((text) => ({ text })),
    };
  });
}

function runnerFacts({ runner, phase, ref, status }: RunnerEntry): DiagnosisLine[] {
  const id = line(l10n.t('Runner ID'), ref.runnerId === '' ? l10n.t('none') : codeSpan(ref.runnerId));
  if (runner === undefined) {
    return [line(l10n.t('Phase'), l10n.t('not known')), id];
  }
  const facts: (readonly [string, string])[] = [
    [l10n.t('Phase'), phase === undefined ? '' : (phaseText(phase) ?? l10n.t('active'))],
    // A reason repeats it.
    [l10n.t('Message'), status.reasons.some((reason) => 'message' in reason) ? '' : runner.message],
    [l10n.t('Kind'), runnerKindText(runner)],
    [l10n.t('Infrastructure'), runnerProviderText(runner)],
    [l10n.t('Region'), runner.region],
    [l10n.t('Version'), runner.version],
  ];
  return [
    ...facts.filter(([, value]) => value !== '').map(([label, value]) => line(label, codeSpan(value))),
    id,
  ];
}

/** What is not described in full, in the order of the tree. */
function otherBlocks(
  runners: readonly RunnerEntry[],
  isOther: (item: ItemEntry) => boolean,
): DiagnosisBlock[] {
  return runners
    .map((runner) => ({ runner, own: runner.integrations.filter(isOther) }))
    .filter(({ runner, own }) => isOther(runner) || own.length > 0)
    .map(({ runner, own }, i) => ({
      describe: () => ({
        ...(i === 0 && { heading: l10n.t('Others') }),
        lines: [
          {
            text: otherRunner(runner),
            lines: own.map((entry) => line(codeSpan(hostText(entry)), statusText(entry.status.own))),
          },
        ],
      }),
      runners: Number(isOther(runner)),
      integrations: own.length,
    }));
}

function otherRunner(entry: RunnerEntry): string {
  const { phase, runner, status } = entry;
  const words = [(phase && phaseText(phase)) ?? '', runner?.version ?? ''].filter((text) => text !== '');
  return [
    l10n.t('{0}: {1}', codeSpan(runnerName(entry)), statusText(status.own)),
    ...words.map((text) => codeSpan(text)),
  ].join(' · ');
}

function countLines(items: readonly ItemEntry[]): DiagnosisLine[] {
  const runners = items.filter(({ kind }) => kind === 'runner');
  const integrations = items.filter(({ kind }) => kind === 'integration');
  return [
    // An organization can be empty, but a selection is not.
    ...(runners.length > 0 || items.length === 0 ? [countLine(runners, runnerCount(runners.length))] : []),
    countLine(integrations, integrationCount(integrations.length)),
  ];
}

function countLine(items: readonly ItemEntry[], all: string): DiagnosisLine {
  const counts = STATUSES.map(
    (status) => [status, items.filter((item) => item.status.own === status).length] as const,
  );
  const parts = counts.filter(([, count]) => count > 0).map(([status, count]) => statusCount(status, count));
  return parts.length === 0 ? { text: all } : line(all, parts.join(', '));
}

function withSource(
  text: string,
  { source, at }: { readonly source: string; readonly at: Date | undefined },
): string {
  return l10n.t('{0} ({1})', text, at === undefined ? source : l10n.t('{0}, {1}', source, exactTime(at)));
}

function line(label: string, value: string): DiagnosisLine {
  return { text: l10n.t('{0}: {1}', label, value) };
}

function exactTime(time: Date): string {
  return timeText(time, { dateStyle: 'medium', timeStyle: 'long' });
}
