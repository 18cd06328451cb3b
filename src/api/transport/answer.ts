import type { Response } from 'node-fetch';
import type { OnaApiError, OnaApiErrorOptions } from './errors.ts';
import { redactAll } from '../../base/redact.ts';

/** A problem, without the call it belongs to. */
export type Problem = Omit<OnaApiErrorOptions, 'method' | 'host'>;

/** The circumstances in which a response is read. */
export interface AnswerContext {
  readonly secrets: readonly string[];
  /** The base address of the call. */
  readonly apiUrl: string;
  /** Whether an Ona API has answered at `apiUrl` before: anything else that answers is in between. */
  readonly isKnownApi: boolean;
}

/**
 * The JSON object in a response, with secrets redacted if the API echoes them. Only JSON of the Connect protocol speaks
 * for the API. Everything else comes from something in between (a proxy, a firewall, a network's sign-in page), or
 * there is no API at the address.
 *
 * @throws the error that `fail` creates if the response is an error, or is not from the API
 */
export async function readAnswer(
  response: Response,
  text: string,
  context: AnswerContext,
  fail: (problem: Problem) => OnaApiError,
): Promise<unknown> {
  const value = await parseJson(text, context.secrets);
  // The only media type of the protocol's JSON, which some boxes give to their pages too.
  const isJson =
    /^application\/json *(?:;|$)/i.test(response.headers.get('content-type') ?? '') && !/^\s*</.test(text);
  if (response.ok && isJson && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value;
  }
  const { answerProblem } = await import('./onDemand.ts');
  throw fail(await answerProblem(response, { value, isJson }, context));
}

/** The value without secrets that the API echoes, and without credentials in URLs, however they are escaped. */
export async function parseJson(text: string, secrets: readonly string[]): Promise<unknown> {
  const mayHoldSecret = text.includes('\\') || secrets.some((secret) => text.includes(secret));
  const credentials = /[@%\\]|[?&#;"]\s*[\w.-]+ *[=[]/.test(text)
    ? await import('../../base/credentials.ts')
    : undefined;
  const redact = (name: string, value: unknown) => {
    if (typeof value !== 'string') {
      return value;
    }
    const shown = mayHoldSecret ? redactAll(value, secrets) : value;
    // A token of a page is not shown, and has to go back unchanged.
    return name === 'nextToken' || !credentials ? shown : credentials.redactField(name, shown);
  };
  try {
    return JSON.parse(text, mayHoldSecret || credentials ? redact : undefined);
  } catch {
    // Not JSON. No JSON value parses to undefined, so the caller can tell.
    return undefined;
  }
}
