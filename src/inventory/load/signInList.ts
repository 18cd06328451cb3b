import type { HostAuthenticationToken } from '../../api/hostAuthenticationTokens.ts';
import type { Subject } from '../../api/identity.ts';
import type { OnaClient } from '../../api/onaClient.ts';
import { isRefusal, type OnaApiError } from '../../api/transport/errors.ts';
import { MAX_ANSWER_BYTES } from '../../api/transport/limits.ts';
import type { SignIns } from '../model.ts';

/** The call that reads sign-ins. */
export type SignInClient = Pick<OnaClient, 'listHostAuthenticationTokens'>;

export interface SignInListOptions {
  readonly client: SignInClient;
  /** Finds out who owns the key; undefined if that cannot be determined. Never rejects. */
  readonly whenSubjectKnown: () => Promise<Subject | undefined>;
  readonly signal: AbortSignal;
  /** The last sign-ins. Those that have not changed remain the same objects. */
  readonly previous: SignIns | undefined;
}

/**
 * Reads the sign-ins of the key's owner. Its calls are not those of the lists: they have their own budget, and their
 * retries are not shown.
 *
 * @returns the last sign-ins of the same owner if these cannot be read now; undefined if the API refuses to list them, or
 *   the owner is not known
 * @throws only errors that are bugs in the extension
 */
export async function readSignIns({
  client,
  whenSubjectKnown,
  signal,
  previous,
}: SignInListOptions): Promise<SignIns | undefined> {
  const subject = await whenSubjectKnown();
  if (subject === undefined) {
    return undefined;
  }
  const before = previous?.subject.id === subject.id ? previous : undefined;
  const budget = { bytesLeft: MAX_ANSWER_BYTES };
  const tokens: HostAuthenticationToken[] = [];
  let isPartial = false;
  try {
    for await (const page of client.listHostAuthenticationTokens(subject.id, { signal, budget })) {
      // An API that ignores the filter must not make somebody else's sign-ins theirs.
      tokens.push(...page.items.filter(({ subject: { id } }) => id === '' || id === subject.id));
      isPartial ||= page.leftOut.length > 0;
    }
  } catch (error) {
    const { name, code } = error as Partial<OnaApiError>;
    if (name !== 'OnaApiError') {
      throw error;
    }
    // The client has logged it. If the key may not list them, or this API does not have the call, none are known.
    return isRefusal(error) || code === 'unimplemented' ? undefined : before;
  }
  return Object.freeze({
    subject,
    tokens: merged(before?.tokens ?? [], tokens),
    ...(isPartial && { isPartial }),
    asOf: new Date(),
  });
}

/** The previous list itself if nothing has changed. The API sends sign-ins in no particular order, perhaps twice. */
function merged(
  previous: readonly HostAuthenticationToken[],
  received: readonly HostAuthenticationToken[],
): readonly HostAuthenticationToken[] {
  const before = new Map(previous.map((token) => [JSON.stringify(token), token]));
  const now = new Map<string, HostAuthenticationToken>();
  for (const token of received) {
    const text = JSON.stringify(token);
    now.set(text, before.get(text) ?? token);
  }
  const isSame = now.size === before.size && [...now.keys()].every((text) => before.has(text));
  return isSame ? previous : Object.freeze([...now.values()]);
}
