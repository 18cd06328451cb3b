import * as l10n from '@vscode/l10n';
import { isNetworkProblem, type OnaApiError } from '../api/transport/errors.ts';
import { MAX_ANSWER_MB, MAX_LOAD_MB } from '../api/transport/limits.ts';
import type { Retry } from '../api/transport/retry.ts';
import { withoutLinks } from '../base/text.ts';
import type { ErrorWords } from './errorWords.ts';
import { intermediaryWords } from './intermediary.ts';

/**
 * The only place that turns an API error into text: what happened, then what to do. The matching buttons are in
 * `problemActions`, and in the manifest's welcome views and title actions, chosen by the context key `onaScm.problem`.
 */
export function errorText(error: OnaApiError): string {
  const { cause, remedy } = problemWords(error);
  return [cause, remedy, sourceText(error)].filter((part) => part !== '').join(' ');
}

/** Where the request was sent from, if that matters: otherwise people would look for the cause on their own computer. */
function sourceText({ problem, sentFrom }: OnaApiError): string {
  if (sentFrom === undefined || !isNetworkProblem(problem)) {
    return '';
  }
  const source =
    // Its cause already names the machine.
    problem === 'intermediary' ? '' : l10n.t('The request was sent from {0}.', sentFrom.label);
  const wayOut = sentFrom.canRunLocally
    ? l10n.t('To send requests from your own computer, see the setting remote.extensionKind.')
    : '';
  return `${source} ${wayOut}`.trim();
}

/** Why the network failed. The user need not do anything: loads are tried again until it is back. */
export function outageText(error: OnaApiError): string {
  const parts = [problemWords(error).cause, sourceText(error), l10n.t('Retrying automatically.')];
  return parts.filter((part) => part !== '').join(' ');
}

/** Why something other than an API call failed, e.g. writing a file. Never empty. */
export function reasonText(error: unknown): string {
  return (error instanceof Error && withoutLinks(error.message)) || l10n.t('unknown error');
}

/** Why an attempt failed, and when the next one follows: the user need not do anything yet. */
export function retryingText(retry: Retry): string {
  return `${problemWords(retry.error).cause} ${retryText(retry)}`;
}

function problemWords(error: OnaApiError): ErrorWords {
  const { host, method, advice } = error;
  const detail = error.detail === undefined ? '' : withoutLinks(error.detail);
  if (advice !== undefined) {
    return { cause: l10n.t('{0} rejected {1}: {2}', host, method, withoutLinks(advice.message)), remedy: '' };
  }
  switch (error.problem) {
    case 'keyRefused':
      return {
        cause: l10n.t('{0} rejected the API key: it is invalid, expired, or deleted.', host),
        remedy: l10n.t('Sign in again.'),
      };
    case 'noPermission':
      return {
        cause: l10n.t('The API key does not have permission to do this on {0}.', host),
        remedy: l10n.t('Ask an organization administrator for access, or use another API key.'),
      };
    case 'noOrganization':
      return {
        cause: l10n.t('According to {0}, this API key does not belong to an organization.', host),
        remedy: l10n.t('Use another API key, or check onaScm.apiUrl.'),
      };
    case 'intermediary':
      return intermediaryWords(error);
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
        remedy: l10n.t('Check onaScm.apiUrl, your VPN, and your proxy, then retry.'),
      };
    case 'connectionLost':
      return {
        cause: l10n.t('{0} closed the connection before it answered.', host),
        remedy: l10n.t('Check your network, then retry.'),
      };
    case 'noConnection':
      return {
        cause: l10n.t('Could not connect to {0} ({1}).', host, detail),
        remedy: l10n.t('Check your network and proxy, then retry.'),
      };
    case 'proxyAuthentication':
      return {
        cause: l10n.t('The proxy to {0} requires authentication.', host),
        remedy: l10n.t('Add a user name and password to http.proxy, then retry.'),
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
            ? l10n.t('{0} has reached a request limit ({1}).', host, detail || statusText(error))
            : l10n.t('{0} is rate-limiting requests.', host),
        remedy: l10n.t('Try again later.'),
      };
    case 'unavailable':
      return {
        cause: l10n.t('{0} could not answer ({1}).', host, detail || statusText(error)),
        remedy: l10n.t('Try again later.'),
      };
    case 'answerTooLarge':
      return {
        cause: tooLargeCause(error),
        remedy: l10n.t('See the log for details.'),
      };
    case 'unexpectedAnswer':
      return {
        cause: l10n.t('The response from {0} to {1} could not be understood ({2}).', host, method, detail),
        remedy: l10n.t('See the log for details.'),
      };
    case 'refused':
      return {
        cause: l10n.t('{0} rejected {1} ({2}).', host, method, detail || statusText(error)),
        remedy: '',
      };
    case 'canceled':
      return {
        cause: l10n.t('Loading from {0} was canceled.', host),
        remedy: l10n.t('Refresh to load the rest.'),
      };
  }
}

function tooLargeCause({ host, method, limitMb = MAX_ANSWER_MB }: OnaApiError): string {
  return limitMb === MAX_LOAD_MB
    ? l10n.t('The responses from {0} during one load were too large in total (over {1} MB).', host, limitMb)
    : l10n.t('The response from {0} to {1} was too large (over {2} MB).', host, method, limitMb);
}

function wrongAddressCause({ host, httpStatus }: OnaApiError): string {
  return httpStatus === 200
    ? l10n.t('There is no Ona API at this address on {0}: it returns a web page.', host)
    : l10n.t('There is no Ona API at this address on {0} (HTTP {1}).', host, httpStatus ?? 0);
}

/** The detail of a certificate error is its Node.js error code. */
function certificateWords({ host, detail = '' }: OnaApiError): ErrorWords {
  switch (detail) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        cause: l10n.t('The certificate of {0} is self-signed.', host),
        remedy: l10n.t('Trust it on this machine, or use a certificate from a known issuer.'),
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return {
        cause: l10n.t('The certificate of {0} comes from an issuer that this machine does not trust.', host),
        remedy: l10n.t(
          'Trust the issuer on this machine, or set NODE_EXTRA_CA_CERTS to its certificate file.',
        ),
      };
    case 'CERT_HAS_EXPIRED':
      return {
        cause: l10n.t('The certificate of {0} has expired.', host),
        remedy: l10n.t("Ask the host's operator to renew it, and check this machine's clock."),
      };
    case 'CERT_NOT_YET_VALID':
      return {
        cause: l10n.t('The certificate of {0} is not valid yet.', host),
        remedy: l10n.t("Check this machine's clock."),
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        cause: l10n.t('The certificate of {0} was issued for another host.', host),
        remedy: l10n.t('Check onaScm.apiUrl.'),
      };
    default:
      return {
        cause: l10n.t('The certificate of {0} could not be verified ({1}).', host, detail),
        remedy: l10n.t('Trust its issuer on this machine.'),
      };
  }
}

/** What happens after a failed attempt. */
export function retryText({ askedFor, waitMs, error }: Retry): string {
  if (!askedFor) {
    return l10n.t('Retrying…');
  }
  const seconds = Math.ceil(waitMs / 1000);
  return error.problem === 'intermediary'
    ? l10n.t('Waiting {0} s, as requested.', seconds)
    : l10n.t('Waiting {0} s, as requested by the API.', seconds);
}

function statusText(error: OnaApiError): string {
  return error.httpStatus === undefined ? error.code : `HTTP ${error.httpStatus}`;
}
