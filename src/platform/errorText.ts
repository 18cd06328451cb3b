import { l10n } from 'vscode';
import type { ApiUrlProblem } from '../account/apiUrl.ts';
import type { OnaApiError } from '../api/errors.ts';
import { plainLine } from '../api/plainLine.ts';

/**
 * The one place that turns an error of the API into words: what happened, then what to do. The buttons that go with
 * each problem are the welcome views and title actions of the manifest, chosen by the context key `onaScm.problem`.
 */
export function errorText(error: OnaApiError): string {
  const host = error.host;
  const detail = error.detail === undefined ? '' : plainLine(error.detail);
  switch (error.problem) {
    case 'keyRefused':
      return l10n.t('{0} refused the API key: it is wrong, expired or deleted. Sign in again.', host);
    case 'noPermission':
      return l10n.t(
        'The API key has no permission for this at {0}. Ask an administrator of the organization.',
        host,
      );
    case 'wrongAddress':
      return l10n.t('{0} does not answer like an Ona API. Check onaScm.apiUrl.', host);
    case 'hostNotFound':
      return l10n.t('The host {0} was not found. Check your network and onaScm.apiUrl.', host);
    case 'noConnection':
      return l10n.t('No connection to {0} ({1}). Check your network and proxy, then retry.', host, detail);
    case 'timeout':
      return l10n.t(
        'The API at {0} did not answer in {1} s. Retry, or raise onaScm.requestTimeout.',
        host,
        Math.round((error.timeoutMs ?? 0) / 1000),
      );
    case 'certificate':
      return l10n.t(
        'The certificate of {0} could not be verified ({1}). Have its issuer trusted on this machine.',
        host,
        detail,
      );
    case 'limit':
      return l10n.t('{0} refused more requests for now. Retry later.', host);
    case 'unavailable':
      return l10n.t('{0} could not answer ({1}). Retry later.', host, detail || statusText(error));
    case 'answerTooLarge':
      return l10n.t('The answer of {0} to {1} was too large.', host, error.method);
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
      return l10n.t('The request to {0} was canceled.', host);
  }
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
