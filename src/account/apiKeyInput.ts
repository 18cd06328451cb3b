import { normalizeApiKey, unusableCharacter, type UnusableCharacter } from './apiKeyFormat.ts';

/*
 * Loaded on demand, with the first sign-in.
 */

/** Why a text that was entered as an API key cannot be used. */
export class ApiKeyFormatError extends Error {
  override readonly name = 'ApiKeyFormatError';
  readonly problem: 'empty' | 'characters' | 'noOrganization';
  /** The first one; only for the problem `characters`. */
  readonly character: UnusableCharacter | undefined;

  constructor(problem: 'empty' | 'characters' | 'noOrganization', character?: UnusableCharacter) {
    super(problem);
    this.problem = problem;
    this.character = character;
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
  const character = unusableCharacter(apiKey);
  if (character !== undefined) {
    throw new ApiKeyFormatError('characters', character);
  }
  return apiKey;
}
