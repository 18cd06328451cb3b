import type { ConnectCode, OnaApiProblem } from './errors.ts';

/** The error codes of the Connect protocol, as they appear in the `code` of an error body. */
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

export function isConnectCode(value: unknown): value is ConnectCode {
  return (CONNECT_CODES as readonly unknown[]).includes(value);
}

/**
 * The Connect code for an HTTP status whose body is not a Connect error, e.g. a proxy's page. Same mapping as in the
 * reference implementation (404 is `unimplemented`, because a Connect server reports a missing object in JSON), except
 * for 401 and 403: only the API itself can judge the key, and other extensions read the code.
 */
export function codeFromHttpStatus(status: number): ConnectCode {
  switch (status) {
    case 400:
      return 'internal';
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
