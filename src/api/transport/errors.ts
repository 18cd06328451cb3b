/** The error codes of the Connect protocol, as they stand in an error body's `code`. */
export const CONNECT_CODES = [
  'canceled',
  'unknown',
  'invalid_argument',
  'deadline_exceeded',
  'not_found',
  'already_exists',
  'permission_denied',
  'resource_exhausted',
  'failed_precondition',
  'aborted',
  'out_of_range',
  'unimplemented',
  'internal',
  'unavailable',
  'data_loss',
  'unauthenticated',
] as const;

export type ConnectCode = (typeof CONNECT_CODES)[number];

/**
 * What went wrong, in the terms a person can act on. A Connect code alone cannot say it: a wrong address and a missing
 * method are both `unimplemented`, a certificate and a refused connection both `unavailable`.
 *
 * Each has its words in `words/errors.ts`, its buttons in `problemActions.ts`, and a welcome view in the manifest.
 */
export const PROBLEMS = [
  'keyRefused',
  'noPermission',
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

export interface OnaApiErrorOptions {
  readonly problem: OnaApiProblem;
  readonly code: ConnectCode;
  /** The call, e.g. `ListRunners`. */
  readonly method: string;
  /** Host and port that were asked. */
  readonly host: string;
  /** HTTP status, where an answer came. */
  readonly httpStatus?: number;
  /** What the API or the network said, free of secrets: safe to log and to show. */
  readonly detail?: string;
  /** Time-out that passed, in milliseconds; only with the problem `timeout`. */
  readonly timeoutMs?: number;
  /** Origin that a redirect led to, where it named one. */
  readonly redirectedTo?: string;
  /** Milliseconds after which the API wants to be asked again; undefined where it named no time. */
  readonly retryAfterMs?: number;
  /** What the API says to a person, and where it sends them: from `ActionableErrorDetails`. */
  readonly advice?: Advice;
}

/** Free of secrets, one line each; every address is https, or of the API's own origin. */
export interface Advice {
  readonly message: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** The one error type that leaves `api`. It never holds a key or a field marked secret. */
export class OnaApiError extends Error {
  override readonly name = 'OnaApiError';
  readonly problem: OnaApiProblem;
  readonly code: ConnectCode;
  readonly method: string;
  readonly host: string;
  readonly httpStatus: number | undefined;
  readonly detail: string | undefined;
  readonly timeoutMs: number | undefined;
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
    this.detail = options.detail;
    this.timeoutMs = options.timeoutMs;
    this.redirectedTo = options.redirectedTo;
    this.retryAfterMs = options.retryAfterMs;
    this.advice = options.advice;
  }
}

export function isConnectCode(value: unknown): value is ConnectCode {
  return (CONNECT_CODES as readonly unknown[]).includes(value);
}

/**
 * The Connect code for an HTTP status whose body is no Connect error, e.g. a proxy's page. As the reference
 * implementation maps it: 404 is `unimplemented`, because a Connect server answers a missing object in JSON.
 */
export function codeFromHttpStatus(status: number): ConnectCode {
  switch (status) {
    case 400:
      return 'internal';
    case 401:
      return 'unauthenticated';
    case 403:
      return 'permission_denied';
    case 404:
      return 'unimplemented';
    case 429:
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return 'unknown';
  }
}

export function problemFromCode(code: ConnectCode): OnaApiProblem {
  switch (code) {
    case 'unauthenticated':
      return 'keyRefused';
    case 'permission_denied':
      return 'noPermission';
    case 'resource_exhausted':
      return 'limit';
    case 'unavailable':
    case 'deadline_exceeded':
    case 'internal':
    case 'unknown':
    case 'data_loss':
      return 'unavailable';
    case 'canceled':
      return 'canceled';
    default:
      return 'refused';
  }
}

const CERTIFICATE_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The problem behind a Node.js network error code such as `ENOTFOUND`. */
export function problemFromNetworkCode(code: string | undefined): OnaApiProblem {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'hostNotFound';
    case 'ECONNREFUSED':
      return 'connectionRefused';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return 'connectionLost';
    default:
      return code !== undefined && CERTIFICATE_CODES.has(code) ? 'certificate' : 'noConnection';
  }
}
