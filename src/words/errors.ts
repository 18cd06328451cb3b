import * as l10n from '@vscode/l10n';
import type { ApiUrlProblem } from '../account/apiUrl.ts';
import type { OnaApiError } from '../api/transport/errors.ts';
import type { Retry } from '../api/transport/retry.ts';
import { withoutLinks } from '../base/text.ts';

/**
 * The one place that turns an error of the API into words: what happened, then what to do. The buttons that go with
 * each problem are `problemActions`, and the welcome views and title actions of the manifest, chosen by the context key
 * `onaScm.problem`.
 */
export function errorText(error: OnaApiError): string {
  const { cause, remedy } = words(error);
  return remedy === '' ? cause : `${cause} ${remedy}`;
}

/** What happened to a try that another one follows, and when that comes: a person need do nothing yet. */
export function retryingText(retry: Retry): string {
  return `${words(retry.error).cause} ${retryText(retry)}`;
}

/** A sentence each; a remedy can be empty. */
interface Words {
  readonly cause: string;
  readonly remedy: string;
}

function words(error: OnaApiError): Words {
  const { host, method, advice } = error;
  const detail = error.detail === undefined ? '' : withoutLinks(error.detail);
  if (advice !== undefined) {
    return { cause: l10n.t('{0} refused {1}: {2}', host, method, withoutLinks(advice.message)), remedy: '' };
  }
  switch (error.problem) {
    case 'keyRefused':
      return {
        cause: l10n.t('{0} refused the API key: it is wrong, expired or deleted.', host),
        remedy: l10n.t('Sign in again.'),
      };
    case 'noPermission':
      return {
        cause: l10n.t('The API key has no permission for this at {0}.', host),
        remedy: l10n.t('Ask an administrator of the organization.'),
      };
    case 'wrongAddress':
      return { cause: wrongAddressCause(error), remedy: l10n.t('Check onaScm.apiUrl.') };
    case 'redirected':
      return {
        cause: l10n.t(
          '{0} redirects to {1}. The API key was not sent there.',
          host,
          error.redirectedTo ?? '',
        ),
        remedy: l10n.t('Set onaScm.apiUrl to that address only if it is an Ona API that you trust.'),
      };
    case 'hostNotFound':
      return {
        cause: l10n.t('The host {0} was not found.', host),
        remedy: l10n.t('Check your network and onaScm.apiUrl.'),
      };
    case 'connectionRefused':
      return {
        cause: l10n.t('{0} refused the connection.', host),
        remedy: l10n.t('Check onaScm.apiUrl, your VPN and proxy, then retry.'),
      };
    case 'connectionLost':
      return {
        cause: l10n.t('{0} closed the connection before it answered.', host),
        remedy: l10n.t('Check your network, then retry.'),
      };
    case 'noConnection':
      return {
        cause: l10n.t('No connection to {0} ({1}).', host, detail),
        remedy: l10n.t('Check your network and proxy, then retry.'),
      };
    case 'proxyAuthentication':
      return {
        cause: l10n.t('The proxy between here and {0} wants authentication.', host),
        remedy: l10n.t('Set http.proxy with user name and password, then retry.'),
      };
    case 'timeout':
      return {
        cause: l10n.t(
          'The API at {0} did not answer in {1} s.',
          host,
          Math.round((error.timeoutMs ?? 0) / 1000),
        ),
        remedy: l10n.t('Retry, or raise onaScm.requestTimeout.'),
      };
    case 'certificate':
      return certificateWords(error);
    case 'limit':
      return {
        cause:
          error.retryAfterMs === undefined
            ? l10n.t(
                '{0} refused more requests: a limit is used up ({1}).',
                host,
                detail || statusText(error),
              )
            : l10n.t('{0} limits how often it is asked.', host),
        remedy: l10n.t('Retry later.'),
      };
    case 'unavailable':
      return {
        cause: l10n.t('{0} could not answer ({1}).', host, detail || statusText(error)),
        remedy: l10n.t('Retry later.'),
      };
    case 'answerTooLarge':
      return {
        cause: l10n.t('The answer of {0} to {1} was too large (over 32 MB).', host, method),
        remedy: l10n.t('See the log.'),
      };
    case 'unexpectedAnswer':
      return {
        cause: l10n.t('The answer of {0} to {1} was not understood ({2}).', host, method, detail),
        remedy: l10n.t('See the log.'),
      };
    case 'refused':
      return {
        cause: l10n.t('{0} refused {1} ({2}).', host, method, detail || statusText(error)),
        remedy: '',
      };
    case 'canceled':
      return {
        cause: l10n.t('Loading from {0} was canceled.', host),
        remedy: l10n.t('Refresh to load the rest.'),
      };
  }
}

function wrongAddressCause({ host, httpStatus, redirectedTo }: OnaApiError): string {
  if (redirectedTo !== undefined) {
    return l10n.t(
      'There is no Ona API at this address of {0}: it redirects to {1}, as a page for signing in does.',
      host,
      redirectedTo,
    );
  }
  return httpStatus === 200
    ? l10n.t('There is no Ona API at this address of {0}: a web page answers.', host)
    : l10n.t('There is no Ona API at this address of {0} (HTTP {1}).', host, httpStatus ?? 0);
}

/** The detail of a certificate's error is the code that Node.js gives it. */
function certificateWords({ host, detail = '' }: OnaApiError): Words {
  switch (detail) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        cause: l10n.t('The certificate of {0} is self-signed.', host),
        remedy: l10n.t('Have it trusted by this machine, or use one of a known issuer.'),
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return {
        cause: l10n.t('The certificate of {0} comes from an issuer that is not known here.', host),
        remedy: l10n.t(
          'Have the issuer trusted by this machine, or name its certificate in NODE_EXTRA_CA_CERTS.',
        ),
      };
    case 'CERT_HAS_EXPIRED':
      return {
        cause: l10n.t('The certificate of {0} has expired.', host),
        remedy: l10n.t('Ask who runs the host to renew it, and check the clock here.'),
      };
    case 'CERT_NOT_YET_VALID':
      return {
        cause: l10n.t('The certificate of {0} is not valid yet.', host),
        remedy: l10n.t('Check the clock of this machine.'),
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        cause: l10n.t('The certificate of {0} was made for another host.', host),
        remedy: l10n.t('Check onaScm.apiUrl.'),
      };
    default:
      return {
        cause: l10n.t('The certificate of {0} could not be verified ({1}).', host, detail),
        remedy: l10n.t('Have its issuer trusted by this machine.'),
      };
  }
}

/** What happens after a try that failed. */
export function retryText({ askedFor, waitMs }: Retry): string {
  return askedFor
    ? l10n.t('Waiting {0} s, the API asked for it.', Math.ceil(waitMs / 1000))
    : l10n.t('Retrying…');
}

function statusText(error: OnaApiError): string {
  return error.httpStatus === undefined ? error.code : `HTTP ${error.httpStatus}`;
}

/** What is wrong with an API address. */
export function addressProblemText(problem: ApiUrlProblem): string {
  switch (problem) {
    case 'notAnAddress':
      return l10n.t('It is not an address.');
    case 'scheme':
      return l10n.t('Only https addresses are allowed.');
    case 'insecure':
      return l10n.t('http would send the API key unencrypted. Use https; http is for this machine only.');
    case 'credentials':
      return l10n.t('An address with a user name or password is not allowed.');
  }
}
