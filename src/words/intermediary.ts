import * as l10n from '@vscode/l10n';
import type { OnaApiError } from '../api/transport/errors.ts';
import type { ErrorWords } from './errorWords.ts';

/**
 * The words for an answer that is not from the API, but from something in between: a proxy, a firewall, a load balancer,
 * or the sign-in page of a network. Which one is not known. Only the status says what it did.
 */
export function intermediaryWords({ host, httpStatus = 0, sentFrom, redirectedTo }: OnaApiError): ErrorWords {
  const here = sentFrom?.label ?? l10n.t('here');
  const signIn = l10n.t(
    'Sign in to your network in a browser, then retry. If that does not help, check onaScm.apiUrl.',
  );
  if (redirectedTo !== undefined) {
    const cause = l10n.t(
      'Something between {0} and {1} redirected the request to {2}, probably a sign-in page; the API did not answer.',
      here,
      host,
      redirectedTo,
    );
    return { cause, remedy: signIn };
  }
  if (httpStatus === 511) {
    const cause = l10n.t(
      'The network between {0} and {1} requires a sign-in (HTTP 511); the API did not answer.',
      here,
      host,
    );
    return { cause, remedy: signIn };
  }
  if (httpStatus >= 500) {
    const cause = l10n.t(
      'Something between {0} and {1} could not forward the request (HTTP {2}); the API did not answer.',
      here,
      host,
      httpStatus,
    );
    return { cause, remedy: l10n.t('Try again later.') };
  }
  if (httpStatus >= 400) {
    const cause = l10n.t(
      'Something between {0} and {1} refused the request (HTTP {2}); the API did not answer.',
      here,
      host,
      httpStatus,
    );
    const check = l10n.t('Check onaScm.apiUrl, your VPN, and your proxy, then retry.');
    return { cause, remedy: httpStatus === 429 ? l10n.t('Try again later.') : check };
  }
  const cause = l10n.t(
    'Something between {0} and {1} answered instead of the API (HTTP {2}).',
    here,
    host,
    httpStatus,
  );
  return { cause, remedy: signIn };
}
