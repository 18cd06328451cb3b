import * as l10n from '@vscode/l10n';
import { plainLine } from '../base/plainLine.ts';
import type {
  Change,
  ChangedField,
  ChangedRunner,
  IntegrationChange,
  RunnerChange,
  SignInMethod,
} from '../inventory/changes.ts';
import type { ChangeLine } from '../inventory/groupedChanges.ts';
import { providerOf } from '../inventory/providers.ts';
import { hostText, integrationCount, methodsText, providerText } from './integrations.ts';
import { nameOfRunner, phaseText, runnerCount } from './runners.ts';

/*
 * Loaded on demand: most windows see no change.
 */

/** A change as a sentence without a full stop, e.g. `us-staging went offline`. */
export function changeSentence(line: ChangeLine): string {
  switch (line.kind) {
    case 'rollOut':
      return difference(runnerCount(line.runners.length), line.old, line.new);
    case 'phaseChanged':
      return phaseSentence(line);
    case 'versionChanged':
      return difference(nameOf(line.runner), line.old, line.new);
    case 'runnerAdded':
    case 'runnerRemoved':
      return l10n.t(
        '{0}: {1}',
        runnerSubject(line.runner),
        withCount(presenceWords(line), line.integrations),
      );
    case 'integrationAdded':
      return ofIntegration(
        line,
        line.byVisibility === true ? presenceWords(line) : l10n.t('added ({0})', methodsOf(line.methods)),
      );
    case 'integrationRemoved':
      return ofIntegration(line, presenceWords(line));
    case 'methodChanged':
      return ofIntegration(line, methodWords(line.method, line.isOn));
    case 'fieldChanged':
      return ofIntegration(line, fieldWords(line.field, valueText(line.old), valueText(line.new)));
  }
}

function ofIntegration({ integration: { scmId, host }, runner }: IntegrationChange, what: string): string {
  const provider = providerText({ provider: providerOf(scmId) });
  const subject = l10n.t('{0} ({1}) on {2}', provider, hostText({ integration: { host } }), nameOf(runner));
  return l10n.t('{0}: {1}', subject, what);
}

function runnerSubject(runner: ChangedRunner): string {
  const name = nameOf(runner);
  return runner.role === 'local' ? name : l10n.t('Runner {0}', name);
}

function nameOf({ id, name, role }: ChangedRunner): string {
  return nameOfRunner(id, name, role);
}

function presenceWords({ kind, byVisibility }: Extract<Change, { readonly byVisibility?: true }>): string {
  const isGone = kind === 'integrationRemoved' || kind === 'runnerRemoved';
  if (byVisibility === true) {
    return isGone ? l10n.t('no longer visible to this key') : l10n.t('now visible to this key');
  }
  return isGone ? l10n.t('removed') : l10n.t('added');
}

/** @param count of the integrations that came or went with a runner */
function withCount(words: string, count: number): string {
  return count === 0 ? words : l10n.t('{0}, {1}', words, integrationCount(count));
}

function methodsOf(methods: readonly SignInMethod[]): string {
  return methodsText(methods.includes('oauth'), methods.includes('pat'), true);
}

function methodWords(method: SignInMethod, isOn: boolean): string {
  switch (method) {
    case 'oauth':
      return isOn ? l10n.t('OAuth turned on') : l10n.t('OAuth turned off');
    case 'pat':
      return isOn ? l10n.t('personal access tokens turned on') : l10n.t('personal access tokens turned off');
  }
}

function fieldWords(field: ChangedField, old: string, now: string): string {
  switch (field) {
    case 'host':
      return l10n.t('host {0} → {1}', old, now);
    case 'clientId':
      return l10n.t('OAuth client ID {0} → {1}', old, now);
    case 'issuerUrl':
      return l10n.t('issuer URL {0} → {1}', old, now);
    case 'virtualDirectory':
      return l10n.t('virtual directory {0} → {1}', old, now);
  }
}

function valueText(value: string): string {
  return plainLine(value) || l10n.t('(none)');
}

/** The earlier phase is mentioned if it was not the normal one. */
function phaseSentence({ runner, old, new: now }: Extract<RunnerChange, { readonly old: string }>): string {
  const sentence = newPhaseSentence(nameOf(runner), old, now);
  const before = phaseText(old);
  return sentence === undefined
    ? difference(nameOf(runner), phaseWords(old), phaseWords(now))
    : before === undefined
      ? sentence
      : l10n.t('{0} (before: {1})', sentence, before);
}

/** @returns undefined for a phase that is not a sentence */
function newPhaseSentence(name: string, old: string, now: string): string | undefined {
  switch (now) {
    case 'RUNNER_PHASE_ACTIVE':
      return old === 'RUNNER_PHASE_INACTIVE' || old === 'RUNNER_PHASE_DEGRADED'
        ? l10n.t('{0} is active again', name)
        : l10n.t('{0} became active', name);
    case 'RUNNER_PHASE_INACTIVE':
      return l10n.t('{0} went offline', name);
    case 'RUNNER_PHASE_DEGRADED':
      return l10n.t('{0} became degraded', name);
    case 'RUNNER_PHASE_DELETING':
      return l10n.t('{0} is being deleted', name);
    case 'RUNNER_PHASE_DELETED':
      return l10n.t('{0} was deleted', name);
    default:
      return undefined;
  }
}

function phaseWords(phase: string): string {
  return phaseText(phase) ?? l10n.t('active');
}

function difference(subject: string, old: string, now: string): string {
  return l10n.t('{0}: {1} → {2}', subject, plainLine(old), plainLine(now));
}
