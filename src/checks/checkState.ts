import type { OnaApiError } from '../api/transport/errors.ts';
import type { HostAccess } from '../api/hostAccess.ts';
import type { AccessAnswer, ValidationAnswer } from '../inventory/statusFacts.ts';

/** Why a runner could not answer. None of these says anything about the integration. */
export type CheckFailure =
  /** The runner is not active. */
  | { readonly kind: 'notActive' }
  /** The runner is too old to answer. */
  | { readonly kind: 'unsupported' }
  /** The key may only read. */
  | { readonly kind: 'readOnlyKey' }
  /** The owner of the key may not ask this. */
  | { readonly kind: 'noPermission' }
  /** The runner said nothing about the integration. */
  | { readonly kind: 'noResult' }
  | { readonly kind: 'timeout'; readonly error: OnaApiError }
  | { readonly kind: 'failed'; readonly error: OnaApiError };

/** What is known of one check of one integration. A failure never hides the last answer. */
export interface CheckState<T> {
  readonly running?: true;
  readonly lastAnswer?: {
    readonly result: T;
    readonly at: Date;
    /** When the integration was last seen as it was before, if it had changed shortly before it was checked. */
    readonly changedSince?: Date;
  };
  /** Later than the last answer; removed by the next one. */
  readonly lastFailure?: { readonly error: CheckFailure; readonly at: Date };
}

/** What a runner said about access to the host of an integration. */
export interface AccessResult extends Omit<AccessAnswer, 'at' | 'subject'> {
  /** How somebody can sign in; absent if the answer is from an earlier window. */
  readonly methods?: Pick<HostAccess, 'pat'>;
}

/** What a runner said about the configuration of an integration. */
export type ValidationResult = Omit<ValidationAnswer, 'at'>;

export type AccessState = CheckState<AccessResult>;
export type ValidationState = CheckState<ValidationResult>;

/** An integration's checks. */
export interface ItemChecks {
  readonly access: AccessState;
  readonly validation: ValidationState;
}

/** What a runner is asked about an integration. */
export type CheckKind = keyof ItemChecks;

export const NO_CHECKS: ItemChecks = Object.freeze({
  access: Object.freeze({}),
  validation: Object.freeze({}),
});
