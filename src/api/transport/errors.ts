import type { CONNECT_CODES } from './errorCodes.ts';

/** One of the `CONNECT_CODES`. */
export type ConnectCode = (typeof CONNECT_CODES)[number];

/**
 * What went wrong, in terms that a person can act on. A Connect code alone is not enough: a wrong address and a missing
 * method are both `unimplemented`, a certificate problem and a refused connection both `unavailable`.
 *
 * Each has its text in `words/errors.ts`, its buttons in `problemActions.ts`, and a welcome view in the manifest.
 */
export const PROBLEMS = [
  'keyRefused',
  'noPermission',
  'noOrganization',
  'intermediary',
  'wrongAddress',
  'redirected',
  'hostNotFound',
  'connectionRefused',
  'connectionLost',
  'noConnection',
  'proxyAuthentication',
  'timeout',
  'certificate',
  'limit',
  'unavailable',
  'answerTooLarge',
  'unexpectedAnswer',
  'refused',
  'canceled',
] as const;

export type OnaApiProblem = (typeof PROBLEMS)[number];

const NETWORK_PROBLEMS = new Set<OnaApiProblem>([
  'intermediary',
  'hostNotFound',
  'connectionRefused',
  'connectionLost',
  'noConnection',
  'proxyAuthentication',
  'timeout',
  'certificate',
]);

/** Whether a problem depends on the network of the machine that the request was sent from. */
export function isNetworkProblem(problem: OnaApiProblem): boolean {
  return NETWORK_PROBLEMS.has(problem);
}

const OUTAGES = new Set<OnaApiProblem>([
  'hostNotFound',
  'connectionRefused',
  'connectionLost',
  'noConnection',
  'timeout',
]);

/** Whether a problem is probably over as soon as the network is back. */
export function isOutage(problem: OnaApiProblem): boolean {
  return OUTAGES.has(problem);
}

/** The machine that a request is sent from, if the extension does not run on the user's own computer. */
export interface SentFrom {
  /** E.g. `SSH: build-7`. */
  readonly label: string;
  /** Whether the setting `remote.extensionKind` can move the extension to the user's own computer. */
  readonly canRunLocally: boolean;
}

export interface OnaApiErrorOptions {
  readonly problem: OnaApiProblem;
  readonly code: ConnectCode;
  /** The API method, e.g. `ListRunners`. */
  readonly method: string;
  /** Host and port that were called. */
  readonly host: string;
  /** HTTP status, if there was a response. */
  readonly httpStatus?: number;
  /** Where the call was sent from; undefined if from the user's own computer. */
  readonly sentFrom?: SentFrom;
  /** Message from the API or the network, free of secrets: safe to log and to show. */
  readonly detail?: string;
  /** The timeout that was exceeded, in milliseconds; only for the problem `timeout`. */
  readonly timeoutMs?: number;
  /** The number of megabytes that was exceeded; only for the problem `answerTooLarge`. */
  readonly limitMb?: number;
  /** Origin that a redirect led to, if it named one. */
  readonly redirectedTo?: string;
  /** Milliseconds that the API asks to wait before a retry; undefined if it named no time. */
  readonly retryAfterMs?: number;
  /** The API's message and links for the user, from `ActionableErrorDetails`. */
  readonly advice?: Advice;
}

/** Texts are single lines, free of secrets. Every address is https or on the API's own origin. */
export interface Advice {
  readonly message: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** The only error type that leaves `api`. It never contains a key or a field marked as secret. */
export class OnaApiError extends Error {
  override readonly name = 'OnaApiError';
  readonly problem: OnaApiProblem;
  readonly code: ConnectCode;
  readonly method: string;
  readonly host: string;
  readonly httpStatus: number | undefined;
  readonly sentFrom: SentFrom | undefined;
  readonly detail: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly limitMb: number | undefined;
  readonly redirectedTo: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly advice: Advice | undefined;

  constructor(options: OnaApiErrorOptions) {
    const status = options.httpStatus === undefined ? '' : ` (HTTP ${options.httpStatus})`;
    const detail = options.detail === undefined ? '' : `: ${options.detail}`;
    super(`${options.method} at ${options.host}: ${options.problem}, ${options.code}${status}${detail}`);
    this.problem = options.problem;
    this.code = options.code;
    this.method = options.method;
    this.host = options.host;
    this.httpStatus = options.httpStatus;
    this.sentFrom = options.sentFrom;
    this.detail = options.detail;
    this.timeoutMs = options.timeoutMs;
    this.limitMb = options.limitMb;
    this.redirectedTo = options.redirectedTo;
    this.retryAfterMs = options.retryAfterMs;
    this.advice = options.advice;
  }
}

/** Whether responses have exceeded a limit that the extension sets: the same request would exceed it again. */
export function isLimitExceeded({ problem, code }: OnaApiError): boolean {
  return code === 'resource_exhausted' && (problem === 'answerTooLarge' || problem === 'unexpectedAnswer');
}

/** Whether the API has refused a call for good, although it accepts the key. */
export function isRefusal(error: unknown): boolean {
  const { problem } = Object(error) as Partial<OnaApiError>;
  return problem === 'noPermission' || problem === 'refused';
}
