import { l10n } from 'vscode';
import type { ApiUrlProblem } from '../account/apiUrl.ts';
import type { OnaApiError } from '../api/errors.ts';
import { plainLine } from '../api/plainLine.ts';
import type { Retry } from '../api/retry.ts';

/**
 * The one place that turns an error of the API into words: what happened, then what to do. The buttons that go with
 * each problem are `problemActions`, and the welcome views and title actions of the manifest, chosen by the context key
 * `onaScm.problem`.
 */
export function errorText(error: OnaApiError): string {
  const host = error.host;
  const detail = error.detail === undefined ? '' : plainLine(error.detail);
  if (error.advice !== undefined) {
    return l10n.t('{0} refused {1}: {2}', host, error.method, plainLine(error.advice.message));
  }
  switch (error.problem) {
    case 'keyRefused':
      return l10n.t('{0} refused the API key: it is wrong, expired or deleted. Sign in again.', host);
    case 'noPermission':
      return l10n.t(
        'The API key has no permission for this at {0}. Ask an administrator of the organization.',
        host,
      );
    case 'wrongAddress':
      return wrongAddressText(error);
    case 'redirected':
      return l10n.t(
        '{0} redirects to {1}. The API key was not sent there. Set onaScm.apiUrl to that address if you trust it.',
        host,
        error.redirectedTo ?? '',
      );
    case 'hostNotFound':
      return l10n.t('The host {0} was not found. Check your network and onaScm.apiUrl.', host);
    case 'connectionRefused':
      return l10n.t('{0} refused the connection. Check onaScm.apiUrl, your VPN and proxy, then retry.', host);
    case 'connectionLost':
      return l10n.t('{0} closed the connection before it answered. Check your network, then retry.', host);
    case 'noConnection':
      return l10n.t('No connection to {0} ({1}). Check your network and proxy, then retry.', host, detail);
    case 'proxyAuthentication':
      return l10n.t(
        'The proxy between here and {0} wants authentication. Set http.proxy with it, then retry.',
        host,
      );
    case 'timeout':
      return l10n.t(
        'The API at {0} did not answer in {1} s. Retry, or raise onaScm.requestTimeout.',
        host,
        Math.round((error.timeoutMs ?? 0) / 1000),
      );
    case 'certificate':
      return certificateText(error);
    case 'limit':
      return error.retryAfterMs === undefined
        ? l10n.t('{0} refused more requests: a limit is used up ({1}). Retry later.', host, detail)
        : l10n.t('{0} asked for too many waits in a row. Retry later.', host);
    case 'unavailable':
      return l10n.t('{0} could not answer ({1}). Retry later.', host, detail || statusText(error));
    case 'answerTooLarge':
      return l10n.t('The answer of {0} to {1} was too large (over 32 MB). See the log.', host, error.method);
    case 'unexpectedAnswer':
      return l10n.t(
        'The answer of {0} to {1} was not understood ({2}). See the log.',
        host,
        error.method,
        detail,
      );
    case 'refused':
      return l10n.t('{0} refused {1} ({2}).', host, error.method, detail || statusText(error));
    case 'canceled':
      return l10n.t('Loading from {0} was canceled. Refresh to load the rest.', host);
  }
}

function wrongAddressText({ host, httpStatus, redirectedTo }: OnaApiError): string {
  if (redirectedTo !== undefined) {
    return l10n.t(
      'There is no Ona API at this address of {0}: it redirects to {1}, as a page for signing in does. Check onaScm.apiUrl.',
      host,
      redirectedTo,
    );
  }
  if (httpStatus === 200) {
    return l10n.t(
      'There is no Ona API at this address of {0}: a web page answers. Check onaScm.apiUrl.',
      host,
    );
  }
  return l10n.t(
    'There is no Ona API at this address of {0} (HTTP {1}). Check onaScm.apiUrl.',
    host,
    httpStatus ?? 0,
  );
}

/** The detail of a certificate's error is the code that Node.js, so OpenSSL, gives it. */
function certificateText({ host, detail }: OnaApiError): string {
  switch (detail) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return l10n.t(
        'The certificate of {0} is self-signed. Have it trusted by this machine, or use one of a known issuer.',
        host,
      );
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return l10n.t(
        'The certificate of {0} comes from an issuer that is not known here. Have the issuer trusted by this machine, or name its certificate in NODE_EXTRA_CA_CERTS.',
        host,
      );
    case 'CERT_HAS_EXPIRED':
      return l10n.t(
        'The certificate of {0} has expired. Ask who runs the host to renew it, and check the clock here.',
        host,
      );
    case 'CERT_NOT_YET_VALID':
      return l10n.t('The certificate of {0} is not valid yet. Check the clock of this machine.', host);
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return l10n.t('The certificate of {0} was made for another host. Check onaScm.apiUrl.', host);
    default:
      return l10n.t(
        'The certificate of {0} could not be verified ({1}). Have its issuer trusted by this machine.',
        host,
        detail ?? '',
      );
  }
}

/** What happens after a try that failed. */
export function retryText({ askedFor, waitMs }: Retry): string {
  return askedFor
    ? l10n.t('Waiting {0} s, the API asked for it.', Math.ceil(waitMs / 1000))
    : l10n.t('Retrying…');
}

/** A button beside an error. */
export type ProblemAction =
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | {
      readonly kind: 'command';
      readonly label: string;
      readonly command: string;
      readonly arguments: readonly unknown[];
    };

/** The ways out of an error, the best one first. */
export function problemActions({ problem, advice }: OnaApiError): readonly ProblemAction[] {
  const toCommand = (label: string, command: string, ...args: unknown[]): ProblemAction => ({
    kind: 'command',
    label,
    command,
    arguments: args,
  });
  const settings = (name: string) =>
    toCommand(l10n.t('Open Settings'), 'workbench.action.openSettings', name);
  const retry = toCommand(l10n.t('Retry'), 'onaScm.refresh');
  const special = (): ProblemAction[] => {
    switch (problem) {
      case 'keyRefused':
      case 'noPermission':
        return [toCommand(l10n.t('Sign In Again'), 'onaScm.signInAgain')];
      case 'wrongAddress':
      case 'redirected':
      case 'hostNotFound':
      case 'connectionRefused':
        return [settings('onaScm.apiUrl'), retry];
      case 'proxyAuthentication':
        return [settings('http.proxy'), retry];
      case 'timeout':
        return [settings('onaScm.requestTimeout'), retry];
      default:
        return [retry];
    }
  };
  const links = (advice?.links ?? []).map((link): ProblemAction => ({ kind: 'link', ...link }));
  return [...links, ...special(), toCommand(l10n.t('Show Log'), 'onaScm.showLog')];
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
