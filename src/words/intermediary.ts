import * as l10n from '@vscode/l10n';
import type { OnaApiError } from '../api/transport/errors.ts';
import type { ErrorWords } from './errorWords.ts';

/**
 * The words for an answer that is not from the API, but from something in between: a proxy, a firewall, a load balancer,
 * or the sign-in page of a network. Which one is not known. Only the status says what it did.
 */
export function intermediaryWords({ host, httpStatus = 0, sentFrom, redirectedTo }: OnaApiError): ErrorWords {
  const here = sentFrom?.label ?? l10n.t('here');
  const remedy = l10n.t('Check onaScm.apiUrl, your VPN, and your proxy, then retry.');
  if (redirectedTo !== undefined) {
    return {
      cause: l10n.t(
        'Something between {0} and {1} redirected the request to {2}, probably a sign-in page; the API did not answer.',
        here,
        host,
        redirectedTo,
      ),
      remedy: l10n.t('Sign in to your network in a browser, then retry. Otherwise check onaScm.apiUrl.'),
    };
  }
  switch (true) {
    case httpStatus === 511:
      return {
        cause: l10n.t(
          'The network between {0} and {1} requires a sign-in (HTTP 511); the API did not answer.',
          here,
          host,
        ),
        remedy: l10n.t('Sign in to your network in a browser, then retry.'),
      };
    case httpStatus === 451:
      return {
        cause: l10n.t(
          'Something between {0} and {1} blocked the request for legal reasons (HTTP 451); the API did not answer.',
          here,
          host,
        ),
        remedy,
      };
    case httpStatus === 429:
      return {
        cause: l10n.t(
          'Something between {0} and {1} is limiting requests (HTTP 429); the API did not answer.',
          here,
          host,
        ),
        remedy: l10n.t('Try again later.'),
      };
    case httpStatus >= 500:
      return {
        cause: l10n.t(
          'Something between {0} and {1} could not pass on the request (HTTP {2}); the API did not answer.',
          here,
          host,
          httpStatus,
        ),
        remedy: l10n.t('Try again later.'),
      };
    case httpStatus >= 300:
      return {
        cause: l10n.t(
          'Something between {0} and {1} refused the request (HTTP {2}); the API did not answer.',
          here,
          host,
          httpStatus,
        ),
        remedy,
      };
    default:
      return {
        cause: l10n.t(
          'Something between {0} and {1} answered instead of the API (HTTP {2}).',
          here,
          host,
          httpStatus,
        ),
        remedy: l10n.t('Sign in to your network in a browser, then retry. Otherwise check onaScm.apiUrl.'),
      };
  }
}
