import * as v from 'valibot';
import type { CacheKey } from './cacheFormat.ts';
import type { Change, ChangedField, SignInMethod } from './changes.ts';
import type { RunnerRole } from './groups.ts';
import type { LoggedChange } from './mergedChanges.ts';

/*
 * Changes as JSON, in a file for each account.
 */

/** Raise this if the format changes, or if less may be in a file than before. */
const VERSION = 1;

const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
  v.transform((text) => new Date(text)),
);

// Valibot belongs to what start-up loads: only what is used there anyway is used here.
function oneOf<T extends string>(values: Readonly<Record<T, true>>) {
  return v.custom<T>((value) => typeof value === 'string' && Object.hasOwn(values, value));
}

const method = oneOf<SignInMethod>({ oauth: true, pat: true });

const any = {
  key: v.string(),
  runner: v.object({
    id: v.string(),
    name: v.string(),
    role: oneOf<RunnerRole>({ ordinary: true, managed: true, local: true, unknown: true }),
    kind: v.string(),
  }),
  since: time,
  at: time,
};

const integration = v.object({ id: v.string(), scmId: v.string(), host: v.string() });
const values = { old: v.string(), new: v.string() };
const visibility = { byVisibility: v.exactOptional(v.literal(true)) };

const CHANGE: v.GenericSchema<unknown, Change> = v.union([
  v.object({
    kind: oneOf({ integrationAdded: true, integrationRemoved: true }),
    ...any,
    integration,
    methods: v.array(method),
    ...visibility,
  }),
  v.object({ kind: v.literal('methodChanged'), ...any, integration, method, isOn: v.boolean() }),
  v.object({
    kind: v.literal('fieldChanged'),
    ...any,
    integration,
    field: oneOf<ChangedField>({ host: true, clientId: true, issuerUrl: true, virtualDirectory: true }),
    ...values,
  }),
  v.object({
    kind: oneOf({ runnerAdded: true, runnerRemoved: true }),
    ...any,
    phase: v.string(),
    integrations: v.number(),
    ...visibility,
  }),
  v.object({ kind: oneOf({ phaseChanged: true, versionChanged: true }), ...any, ...values }),
]);

const LOGGED: v.GenericSchema<unknown, LoggedChange> = v.object({
  change: CHANGE,
  seenBy: v.array(v.string()),
});

const FILE = v.object({
  version: v.literal(VERSION),
  origin: v.string(),
  organizationId: v.string(),
  changes: v.array(v.unknown()),
});

export interface ReadChanges {
  readonly changes: readonly LoggedChange[];
  /** How many could not be read. */
  readonly damaged: number;
}

/** @returns undefined if the text is damaged, or was not written by this version for this account */
export function readChanges(content: string, owner: CacheKey): ReadChanges | undefined {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return undefined;
  }
  const { success, output } = v.safeParse(FILE, json);
  if (!success || output.origin !== owner.origin || output.organizationId !== owner.organizationId) {
    return undefined;
  }
  const changes = output.changes.flatMap((one) => {
    const read = v.safeParse(LOGGED, one);
    return read.success ? [read.output] : [];
  });
  return { changes, damaged: output.changes.length - changes.length };
}

export function changesJson({ origin, organizationId }: CacheKey, changes: readonly LoggedChange[]): string {
  return JSON.stringify({ version: VERSION, origin, organizationId, changes });
}
