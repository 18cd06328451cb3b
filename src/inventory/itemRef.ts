import type { ScmIntegration } from '../api/scmIntegrations.ts';

export interface RunnerRef {
  readonly kind: 'runner';
  /** Empty if the API sent none. */
  readonly runnerId: string;
}

export interface IntegrationRef {
  readonly kind: 'integration';
  readonly runnerId: string;
  /** Empty if the API sent none. */
  readonly id: string;
  readonly scmId: string;
  readonly host: string;
}

/**
 * Identifies a runner or an integration across refreshes. An integration's id is not enough: integrations that are
 * inherited from a managed runner have the same id on every runner that inherits them.
 */
export type ItemRef = RunnerRef | IntegrationRef;

export function runnerRef(runnerId: string): RunnerRef {
  return { kind: 'runner', runnerId };
}

export function integrationRef({ runnerId, id, scmId, host }: ScmIntegration): IntegrationRef {
  return { kind: 'integration', runnerId, id, scmId, host };
}

export function sameRef(a: ItemRef, b: ItemRef): boolean {
  if (a.kind === 'runner' || b.kind === 'runner') {
    return a.kind === b.kind && a.runnerId === b.runnerId;
  }
  return a.runnerId === b.runnerId && a.id === b.id && a.scmId === b.scmId && a.host === b.host;
}

/** A string that is equal only for equal refs: a key for maps and addresses. */
export function refKey(ref: ItemRef): string {
  return JSON.stringify(
    ref.kind === 'runner' ? [ref.kind, ref.runnerId] : [ref.kind, ref.runnerId, ref.id, ref.scmId, ref.host],
  );
}

/** The ref that `refKey` made a key from; undefined if the text is not such a key. */
export function parseRefKey(key: string): ItemRef | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(key);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) {
    return undefined;
  }
  const [kind, runnerId, id, scmId, host] = parts;
  if (kind === 'runner' && runnerId !== undefined) {
    return { kind, runnerId };
  }
  return kind === 'integration' &&
    runnerId !== undefined &&
    id !== undefined &&
    scmId !== undefined &&
    host !== undefined
    ? { kind, runnerId, id, scmId, host }
    : undefined;
}
