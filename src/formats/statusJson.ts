import type { FieldError, Reason, ReasonCode, Source } from '../inventory/reasons.ts';
import type { ItemStatus, Status } from '../inventory/statuses.ts';
import type { Answers } from '../inventory/statusFacts.ts';

/** The status of a runner or an integration for programs. Times are ISO 8601 in UTC. */
export interface StatusJson {
  /** Follows from its own reasons. */
  readonly status: Status;
  /** The worse of its own and, for an integration, its runner's. */
  readonly effectiveStatus: Status;
  /** Its own, the worst first. */
  readonly reasons: readonly ReasonJson[];
  /** Present only if it is known to work. */
  readonly proof?: { readonly source: Source; readonly at: string };
}

/** What a runner answered about an integration when it was last asked, however long ago. Absent if it was not asked. */
export interface AnswersJson {
  readonly access?: { readonly signedIn: boolean; readonly at: string };
  readonly validation?: {
    readonly valid: boolean;
    readonly errors: readonly FieldError[];
    readonly at: string;
  };
}

/** Why something is broken or needs attention. */
export interface ReasonJson {
  readonly code: ReasonCode;
  readonly status: Status;
  /** For people, in the user's language. */
  readonly message: string;
  /** The name of the API call that it comes from. */
  readonly source: Source;
  /** When the API said so; absent if that is not known. */
  readonly at?: string;
  /** When the token ends or has ended. */
  readonly endsAt?: string;
  /** What the runner says about it. */
  readonly text?: string;
  /** What the runner says about single fields. */
  readonly errors?: readonly FieldError[];
  /** The host that the runner has several integrations for. */
  readonly host?: string;
  /** How many it has for that host. */
  readonly count?: number;
}

/**
 * A status for programs, frozen.
 *
 * @param messageOf makes the message of a reason
 */
export function statusJson(
  { own, effective, reasons, proof }: ItemStatus,
  messageOf: (reason: Reason) => string,
): StatusJson {
  return Object.freeze({
    status: own,
    effectiveStatus: effective,
    reasons: Object.freeze(reasons.map((reason) => reasonJson(reason, messageOf(reason)))),
    ...(proof && { proof: Object.freeze({ source: proof.source, at: proof.at.toISOString() }) }),
  });
}

/** The answers of a runner for programs, frozen. */
export function answersJson({ access, validation }: Answers = {}): AnswersJson {
  return {
    ...(access && { access: Object.freeze({ signedIn: access.signedIn, at: access.at.toISOString() }) }),
    ...(validation && {
      validation: Object.freeze({
        valid: validation.valid,
        errors: frozenErrors(validation.errors),
        at: validation.at.toISOString(),
      }),
    }),
  };
}

function frozenErrors(errors: readonly FieldError[]): readonly FieldError[] {
  return Object.freeze(errors.map((error) => Object.freeze({ ...error })));
}

function reasonJson(reason: Reason, message: string): ReasonJson {
  const { code, status, source, at } = reason;
  const text = 'text' in reason ? reason.text : 'message' in reason ? reason.message : '';
  return Object.freeze({
    code,
    status,
    message,
    source,
    ...(at && { at: at.toISOString() }),
    ...('endsAt' in reason && { endsAt: reason.endsAt.toISOString() }),
    ...(text !== '' && { text }),
    ...('errors' in reason && { errors: frozenErrors(reason.errors) }),
    ...('host' in reason && { host: reason.host, count: reason.count }),
  });
}
