import * as l10n from '@vscode/l10n';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../../inventory/groups.ts';
import { hostUrl } from '../../inventory/hosts.ts';
import type { DetailsAction, DetailsActionId } from './protocol.ts';

/** What can be done with an item from its panel; nothing that cannot work. */
export function detailsActions(entry: ItemEntry, pinned: boolean): DetailsAction[] {
  return [
    ...(entry.kind === 'runner' ? runnerHead(entry) : integrationHead(entry)),
    ...(pinned ? [] : [head('onaScm.keepDetails', l10n.t('Keep Open'), 'pin')]),
    refreshAction(),
    ...(entry.kind === 'runner' ? runnerFoot() : integrationFoot(entry)),
  ];
}

/** Helps a panel without values too. */
export function refreshAction(): DetailsAction {
  return foot('onaScm.refresh', l10n.t('Refresh'));
}

/** Those of the actions that lead nowhere once the thing no longer exists. */
const NEED_THE_THING: ReadonlySet<DetailsActionId> = new Set<DetailsActionId>([
  'onaScm.copyCurl',
  'onaScm.copyLink',
  'onaScm.copyTerraformImport',
  'onaScm.openJson',
]);

export function actionsOfGone(actions: readonly DetailsAction[]): DetailsAction[] {
  return actions.filter(({ id }) => !NEED_THE_THING.has(id));
}

function integrationHead({ integration: { id, host, virtualDirectory } }: IntegrationEntry): DetailsAction[] {
  return [
    ...(id === '' ? [] : [head('onaScm.copyId', l10n.t('Copy ID'), 'copy')]),
    ...(hostUrl(host, virtualDirectory) === undefined
      ? []
      : [head('onaScm.openHost', l10n.t('Open Host'), 'link-external')]),
  ];
}

function integrationFoot({ integration: { id }, managed }: IntegrationEntry): DetailsAction[] {
  return [
    foot('onaScm.openJson', l10n.t('Open as JSON')),
    foot('onaScm.copyCurl', l10n.t('Copy as curl')),
    ...(id === '' ? [] : [foot('onaScm.copyLink', l10n.t('Copy Link'))]),
    // What Ona operates has no lifecycle of its own that Terraform could take over.
    ...(id === '' || managed ? [] : [foot('onaScm.copyTerraformImport', l10n.t('Copy as Terraform Import'))]),
    foot('onaScm.openDashboard', l10n.t('Runner Settings')),
    foot('onaScm.openDocs', l10n.t('Documentation')),
  ];
}

function runnerHead({ ref }: RunnerEntry): DetailsAction[] {
  return ref.runnerId === '' ? [] : [head('onaScm.copyRunnerId', l10n.t('Copy Runner ID'), 'copy')];
}

function runnerFoot(): DetailsAction[] {
  return [
    foot('onaScm.openJson', l10n.t('Open as JSON')),
    foot('onaScm.copyCurl', l10n.t('Copy as curl')),
    foot('onaScm.openDashboard', l10n.t('Runner Settings')),
  ];
}

function head(id: DetailsActionId, label: string, icon: string): DetailsAction {
  return { id, label, icon, place: 'head' };
}

function foot(id: DetailsActionId, label: string): DetailsAction {
  return { id, label, icon: undefined, place: 'foot' };
}
