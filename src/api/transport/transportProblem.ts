import type { Problem } from './answer.ts';
import { problemFromNetworkCode } from './errorCodes.ts';
import { MAX_ANSWER_BYTES, MAX_ANSWER_MB, MAX_LOAD_MB } from './limits.ts';
import { oneLine } from './oneLine.ts';

/**
 * Why a request got no complete response.
 *
 * @param type that of a `FetchError`; undefined for any other error
 * @param maxBytes how many the response could have
 */
export function transportProblem(
  error: unknown,
  type: string | undefined,
  secrets: readonly string[],
  maxBytes: number,
): Problem {
  if (type === 'max-size') {
    return tooLarge(maxBytes < MAX_ANSWER_BYTES ? MAX_LOAD_MB : MAX_ANSWER_MB);
  }
  const networkCode = codeOf(error);
  if (networkCode !== undefined && UNZIP_ERROR_CODE.test(networkCode)) {
    return { problem: 'unexpectedAnswer', code: 'data_loss', detail: 'the response cannot be decompressed' };
  }
  // If the connection breaks during decompression, its own error arrives instead of a `FetchError`.
  if (type !== undefined || networkCode !== undefined) {
    const problem = problemFromNetworkCode(networkCode);
    const code = networkCode === 'ETIMEDOUT' ? 'deadline_exceeded' : 'unavailable';
    return { problem, code, detail: networkCode ?? oneLine((error as Error).message, secrets) };
  }
  return {
    problem: 'noConnection',
    code: 'unknown',
    detail: error instanceof Error ? error.name : typeof error,
  };
}

/** Responses have exceeded `MAX_ANSWER_MB` or `MAX_LOAD_MB`. */
export function tooLarge(limitMb: number): Problem {
  return { problem: 'answerTooLarge', code: 'resource_exhausted', limitMb, detail: `over ${limitMb} MB` };
}

/** Error codes of Node.js's zlib: those of gzip and deflate, then those of Brotli. */
const UNZIP_ERROR_CODE = /^(?:Z_|ERR__ERROR_)/;

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
