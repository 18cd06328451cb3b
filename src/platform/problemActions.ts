import * as l10n from '@vscode/l10n';
import { isNetworkProblem, type OnaApiError } from '../api/transport/errors.ts';

/** A button for an error. */
export type ProblemAction =
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | {
      readonly kind: 'command';
      readonly label: string;
      readonly command: string;
      readonly arguments: readonly unknown[];
    };

/** The actions that may resolve an error, the most promising first. */
export function problemActions({ problem, advice, sentFrom }: OnaApiError): readonly ProblemAction[] {
  const toCommand = (label: string, command: string, ...args: unknown[]): ProblemAction => ({
    kind: 'command',
    label,
    command,
    arguments: args,
  });
  const settings = (name: string, label = l10n.t('Open Settings')) =>
    toCommand(label, 'workbench.action.openSettings', name);
  const retry = toCommand(l10n.t('Retry'), 'onaScm.refresh');
  const special = (): ProblemAction[] => {
    switch (problem) {
      case 'keyRefused':
      case 'noPermission':
        return [toCommand(l10n.t('Sign In Again'), 'onaScm.signInAgain')];
      case 'noOrganization':
        return [toCommand(l10n.t('Sign In Again'), 'onaScm.signInAgain'), settings('onaScm.apiUrl'), retry];
      case 'wrongAddress':
      case 'redirected':
      case 'hostNotFound':
      case 'connectionRefused':
        return [settings('onaScm.apiUrl'), retry];
      case 'intermediary':
        return [retry, settings('http.proxy', l10n.t('Proxy Settings'))];
      case 'proxyAuthentication':
        return [settings('http.proxy'), retry];
      case 'timeout':
        return [settings('onaScm.requestTimeout'), retry];
      default:
        return [retry];
    }
  };
  const links = (advice?.links ?? []).map((link): ProblemAction => ({ kind: 'link', ...link }));
  const elsewhere =
    sentFrom?.canRunLocally === true && isNetworkProblem(problem)
      ? [settings('remote.extensionKind', l10n.t('Run on My Computer…'))]
      : [];
  return [...links, ...special(), ...elsewhere, toCommand(l10n.t('Show Log'), 'onaScm.showLog')];
}
