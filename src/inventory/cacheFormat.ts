import * as v from 'valibot';
import type { Runner, ScmIntegration } from '../api/schema.ts';
import type { InventoryData } from './model.ts';

/*
 * Rows as lines of JSON, one each, under a line that counts them: so that many are written and read in steps, and a file
 * that breaks off is found out. Rows have no secret: decoding has dropped them (`schema.ts`).
 */

/** Raised when what a row has changes: an older file is as good as none. */
const VERSION = 1;

/** So many rows are written or read between two pauses. */
const STEP = 250;

/** Whose rows, and when they were complete. */
export interface CompleteData {
  readonly data: InventoryData;
  readonly asOf: Date;
}

export interface CacheKey {
  readonly origin: string;
  readonly organizationId: string;
}

/** A file that is none of ours, of another version, or broken. */
export class UnreadableCacheError extends Error {
  override readonly name = 'UnreadableCacheError';
}

const header = v.object({
  version: v.literal(VERSION),
  origin: v.string(),
  organizationId: v.string(),
  asOf: v.pipe(v.string(), v.isoTimestamp()),
  runners: v.pipe(v.number(), v.integer(), v.minValue(0)),
  integrations: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

const text = v.string();
const optionalText = v.exactOptional(text);

const integration: v.GenericSchema<ScmIntegration> = v.object({
  id: text,
  runnerId: text,
  scmId: text,
  host: text,
  pat: v.boolean(),
  oauth: v.exactOptional(
    v.object({ clientId: optionalText, issuerUrl: optionalText, clientSecretSet: v.boolean() }),
  ),
  virtualDirectory: optionalText,
});

const runner: v.GenericSchema<Runner> = v.object({
  id: text,
  name: text,
  kind: text,
  provider: text,
  creator: v.object({ id: text, principal: text }),
  runnerManagerId: text,
  createdAt: optionalText,
  updatedAt: optionalText,
  statusUpdatedAt: optionalText,
  phase: text,
  message: text,
  version: text,
  region: text,
  capabilities: v.array(text),
  systemDetails: text,
  additionalInfo: v.array(v.object({ key: text, value: text })),
  gateway: v.object({ name: text, url: text, region: text }),
  desiredPhase: text,
  variant: text,
  releaseChannel: text,
  autoUpdate: v.boolean(),
  logLevel: text,
  devcontainerImageCacheEnabled: v.boolean(),
  continuousProfiling: v.boolean(),
  updateWindow: v.exactOptional(v.object({ startHour: v.number(), endHour: v.number() })),
  metrics: v.object({ enabled: v.boolean(), url: text, managedMetricsEnabled: v.boolean() }),
});

/**
 * The text of rows, in steps.
 *
 * @param maxLength in UTF-16 units; @returns undefined where the text would be longer
 */
export function* writeSteps(
  { origin, organizationId }: CacheKey,
  { data: { runners, integrations }, asOf }: CompleteData,
  maxLength: number,
): Generator<void, string | undefined, undefined> {
  const head = { runners: runners.length, integrations: integrations.length };
  const lines = [JSON.stringify({ version: VERSION, origin, organizationId, asOf, ...head })];
  let length = 0;
  for (const list of [runners, integrations]) {
    for (const row of list) {
      const line = JSON.stringify(row);
      length += line.length + 1;
      if (length > maxLength) {
        return undefined;
      }
      if (lines.push(line) % STEP === 0) {
        yield;
      }
    }
  }
  return lines.join('\n');
}

/**
 * The rows of a text, in steps; frozen, as decoded ones are.
 *
 * @throws UnreadableCacheError, with a reason that quotes nothing of the text
 */
export function* readSteps(
  content: string,
  { origin, organizationId }: CacheKey,
): Generator<void, CompleteData, undefined> {
  let start = 0;
  let count = 0;
  const next = (): unknown => {
    const end = content.indexOf('\n', start);
    const line = content.slice(start, end === -1 ? content.length : end);
    start = end === -1 ? content.length : end + 1;
    count++;
    try {
      return JSON.parse(line);
    } catch {
      throw new UnreadableCacheError(`line ${count} is no JSON`);
    }
  };
  const head = next();
  if (!v.is(header, head)) {
    throw new UnreadableCacheError('the first line is of another version');
  }
  if (head.origin !== origin || head.organizationId !== organizationId) {
    throw new UnreadableCacheError('it is of another organization');
  }
  function* list<T>(schema: v.GenericSchema<T>, length: number): Generator<void, readonly T[], undefined> {
    const items: T[] = [];
    while (items.length < length) {
      const item = next();
      if (!v.is(schema, item)) {
        throw new UnreadableCacheError(`line ${count} is no such row`);
      }
      if (items.push(deepFreeze(item)) % STEP === 0) {
        yield;
      }
    }
    return Object.freeze(items);
  }
  const runners = yield* list(runner, head.runners);
  const integrations = yield* list(integration, head.integrations);
  return { data: Object.freeze({ runners, integrations }), asOf: new Date(head.asOf) };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
