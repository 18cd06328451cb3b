import * as l10n from '@vscode/l10n';
import { enumText } from './runners.ts';

/** Something that a runner can do, in a few words. A new one that the extension does not know has the API's words. */
export function capabilityText(capability: string): string {
  switch (capability) {
    case 'RUNNER_CAPABILITY_FETCH_LOCAL_SCM_INTEGRATIONS':
      return l10n.t('integrations for local runners');
    case 'RUNNER_CAPABILITY_SECRET_CONTAINER_REGISTRY':
      return l10n.t('private container registries');
    case 'RUNNER_CAPABILITY_AGENT_EXECUTION':
      return l10n.t('agents');
    case 'RUNNER_CAPABILITY_ALLOW_ENV_TOKEN_POPULATION':
      return l10n.t('tokens in environment variables');
    case 'RUNNER_CAPABILITY_DEFAULT_DEV_CONTAINER_IMAGE':
      return l10n.t('default dev container image');
    case 'RUNNER_CAPABILITY_ENVIRONMENT_SNAPSHOT':
      return l10n.t('snapshots of environments');
    case 'RUNNER_CAPABILITY_PREBUILDS_BEFORE_SNAPSHOT_TRIGGER':
      return l10n.t('prebuilds before snapshots');
    case 'RUNNER_CAPABILITY_LIST_SCM_ORGANIZATIONS':
      return l10n.t('listing the organizations of a host');
    case 'RUNNER_CAPABILITY_CHECK_REPOSITORY_ACCESS':
      return l10n.t('checking access to repositories');
    case 'RUNNER_CAPABILITY_RUNNER_SIDE_AGENT':
      return l10n.t('agents on the runner itself');
    case 'RUNNER_CAPABILITY_WARM_POOL':
      return l10n.t('warm pools');
    case 'RUNNER_CAPABILITY_ASG_WARM_POOL':
      return l10n.t('warm pools of an Auto Scaling group');
    case 'RUNNER_CAPABILITY_PORT_AUTHENTICATION':
      return l10n.t('sign-in for ports');
    case 'RUNNER_CAPABILITY_HORIZONTAL_SCALING':
      return l10n.t('horizontal scaling');
    case 'RUNNER_CAPABILITY_DYNAMIC_LLM_REQUEST_HEADERS':
      return l10n.t('dynamic headers of LLM requests');
    default:
      return enumText(capability, 'RUNNER_CAPABILITY_');
  }
}
