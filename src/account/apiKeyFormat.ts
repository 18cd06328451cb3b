/** Why a text that was entered as an API key cannot be used. */
export class ApiKeyFormatError extends Error {
  override readonly name = 'ApiKeyFormatError';
  readonly problem: 'empty' | 'characters' | 'noOrganization';

  constructor(problem: 'empty' | 'characters' | 'noOrganization') {
    super(problem);
    this.problem = problem;
  }
}

/**
 * The key in pasted text.
 *
 * @throws ApiKeyFormatError if it contains no key that can be sent
 */
export function readApiKey(input: string): string {
  const apiKey = normalizeApiKey(input);
  if (apiKey === '') {
    throw new ApiKeyFormatError('empty');
  }
  if (!isSendableApiKey(apiKey)) {
    throw new ApiKeyFormatError('characters');
  }
  return apiKey;
}

/** Removes white space, quotes and a leading `Bearer` from pasted text, in whatever order they occur. */
export function normalizeApiKey(input: string): string {
  const text = input.trim();
  const inner = text.replace(/^(["'`])(.*)\1$/s, '$2').replace(/^Bearer(?:\s+|$)/i, '');
  return inner === text ? text : normalizeApiKey(inner);
}

/** Whether a text can be sent as a bearer token at all (RFC 6750: visible ASCII without spaces). */
export function isSendableApiKey(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}
