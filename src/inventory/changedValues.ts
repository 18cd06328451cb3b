import type { Runner } from '../api/runners.ts';
import type { ScmIntegration } from '../api/scmIntegrations.ts';
import type { ChangedField, IntegrationChange, RunnerChange, SignInMethod } from './changes.ts';
import { roleOf } from './groups.ts';

/** A change without its item and its times. */
export type Bare<T> = T extends unknown ? Omit<T, 'key' | 'runner' | 'integration' | 'since' | 'at'> : never;

const METHODS = ['oauth', 'pat'] as const satisfies readonly SignInMethod[];

/** Fields of a value that could not be read are not compared. */
type Readable = object & { readonly unread?: readonly string[] };

/** The values of an integration's fields; undefined if it cannot have one, or it could not be read. */
const FIELDS: readonly (readonly [ChangedField, (integration: ScmIntegration) => string | undefined])[] = [
  ['host', ({ host }) => host],
  // These come and go with OAuth.
  ['clientId', ({ oauth }) => oauth && readText(oauth, 'clientId', oauth.clientId)],
  ['issuerUrl', ({ oauth }) => oauth && readText(oauth, 'issuerUrl', oauth.issuerUrl)],
  ['virtualDirectory', (one) => readText(one, 'virtualDirectory', one.virtualDirectory)],
];

/** How people can sign in. */
export function methodsOf({ oauth, pat }: ScmIntegration): readonly SignInMethod[] {
  return METHODS.filter((method) => (method === 'pat' ? pat : oauth !== undefined));
}

/** The API's name; empty for the shared local configuration, which has no phase. */
export function phaseOf(runner: Runner): string {
  return roleOf(runner) === 'local' ? '' : runner.phase;
}

/** What differs in two states of an integration. */
export function changedValues(
  old: ScmIntegration,
  current: ScmIntegration,
): readonly Bare<Extract<IntegrationChange, { kind: 'methodChanged' | 'fieldChanged' }>>[] {
  const before = methodsOf(old);
  const now = methodsOf(current);
  return [
    ...METHODS.filter((method) => before.includes(method) !== now.includes(method)).map((method) => ({
      kind: 'methodChanged' as const,
      method,
      isOn: now.includes(method),
    })),
    ...FIELDS.flatMap(([field, read]) => {
      const values = { old: read(old), new: read(current) };
      return isChange(values) ? [{ kind: 'fieldChanged' as const, field, ...values }] : [];
    }),
  ];
}

/** What differs in two states of a runner. A version that a runner has not reported is as good as unread. */
export function changedRunnerValues(
  old: Runner,
  current: Runner,
): readonly Bare<Extract<RunnerChange, { kind: 'phaseChanged' | 'versionChanged' }>>[] {
  const phases = {
    old: readText(old, 'phase', phaseOf(old)),
    new: readText(current, 'phase', phaseOf(current)),
  };
  const versions = { old: versionOf(old), new: versionOf(current) };
  return [
    ...(isChange(phases) ? [{ kind: 'phaseChanged' as const, ...phases }] : []),
    ...(isChange(versions) ? [{ kind: 'versionChanged' as const, ...versions }] : []),
  ];
}

function versionOf(runner: Runner): string | undefined {
  const version = readText(runner, 'version', runner.version);
  return version === '' ? undefined : version;
}

interface Values<T> {
  readonly old: T;
  readonly new: T;
}

function isChange(values: Values<string | undefined>): values is Values<string> {
  return values.old !== undefined && values.new !== undefined && values.old !== values.new;
}

/** @returns undefined if it could not be read */
function readText({ unread }: Readable, name: string, text = ''): string | undefined {
  return unread?.includes(name) === true ? undefined : text;
}
