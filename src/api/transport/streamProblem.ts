import type { Response } from 'node-fetch';
import type { AnswerContext, Problem } from './answer.ts';
import { answerProblem, connectProblem, type ErrorBody, senderOf } from './answerProblem.ts';
import { parseJson } from './answer.ts';
import { isConnectCode } from './errorCodes.ts';

/**
 * Why a stream has ended.
 *
 * @param message the last one of the stream: `{error?, metadata?}`
 * @returns undefined if it ended without an error
 */
export async function streamProblem(
  message: { readonly error?: unknown; readonly metadata?: unknown },
  context: Pick<AnswerContext, 'secrets' | 'apiUrl'>,
): Promise<Problem | undefined> {
  const error = (message.error ?? undefined) as ErrorBody | undefined;
  if (error === undefined) {
    return undefined;
  }
  const { code } = error;
  return isConnectCode(code)
    ? connectProblem({ ...error, code }, { status: 200, headers: headersOf(message.metadata) }, context)
    : { problem: 'unexpectedAnswer', code: 'unknown', httpStatus: 200, detail: 'an error without a code' };
}

/** Why a response is not a stream. Another server than the API's may send any page with the status 200. */
export async function noStreamProblem(response: Response, context: AnswerContext): Promise<Problem> {
  if (response.ok) {
    const encoding = response.headers.get('content-encoding');
    const compressed = encoding === null ? '' : ', compressed';
    return {
      problem: context.isKnownApi ? 'intermediary' : 'wrongAddress',
      code: 'unimplemented',
      httpStatus: response.status,
      detail: `the response is not a stream${compressed}${senderOf(response, context.secrets)}`,
    };
  }
  const value = await parseJson(await response.text(), context.secrets);
  const isJson = /^application\/json *(?:;|$)/i.test(response.headers.get('content-type') ?? '');
  return answerProblem(response, { value, isJson }, context);
}

/** The trailers of a stream, which the protocol calls metadata: `{"name": ["value", …]}`. */
function headersOf(metadata: unknown): { get(name: string): string | null } {
  const all = Object.entries(Object(metadata) as Record<string, unknown>);
  return {
    get: (name) => {
      const values = all.find(([other]) => other.toLowerCase() === name)?.[1];
      const [value] = Array.isArray(values) ? (values as readonly unknown[]) : [];
      return typeof value === 'string' ? value : null;
    },
  };
}
