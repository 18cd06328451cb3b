import { SETTINGS } from '../../names.ts';
import type { SignInContext } from './signInStep.ts';

/** The environment variable or the setting that an API address comes from; undefined if it comes from neither. */
export function addressSource(
  { session }: Pick<SignInContext, 'session'>,
  apiUrl: string,
): string | undefined {
  const address = session.address();
  return address.kind === 'badAddress' || address.isDefault || address.apiUrl !== apiUrl
    ? undefined
    : (address.variable ?? `${SETTINGS}.apiUrl`);
}
