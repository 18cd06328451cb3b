import * as l10n from '@vscode/l10n';
import type { Runner } from '../api/runners.ts';
import { enumText } from './runners.ts';

/*
 * Loaded on demand: rows do not show it.
 */

export function runnerKindText({ kind }: Runner): string {
  switch (kind) {
    case 'RUNNER_KIND_LOCAL':
      return l10n.t('local');
    case 'RUNNER_KIND_REMOTE':
      return l10n.t('remote');
    case 'RUNNER_KIND_LOCAL_CONFIGURATION':
      return l10n.t('shared local configuration');
    default:
      return enumText(kind, 'RUNNER_KIND_');
  }
}

export function runnerProviderText({ provider }: Runner): string {
  switch (provider) {
    case 'RUNNER_PROVIDER_AWS_EC2':
      return 'AWS EC2';
    case 'RUNNER_PROVIDER_GCP':
      return 'Google Cloud';
    case 'RUNNER_PROVIDER_MANAGED':
      return 'Ona Cloud';
    case 'RUNNER_PROVIDER_LINUX_HOST':
      return l10n.t('Linux host');
    case 'RUNNER_PROVIDER_DESKTOP_MAC':
      return l10n.t('Mac desktop');
    default:
      return enumText(provider, 'RUNNER_PROVIDER_');
  }
}
