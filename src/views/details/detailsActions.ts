import * as l10n from '@vscode/l10n';
import type { ItemEntry } from '../../inventory/groups.ts';
import { isImportable } from '../../formats/isImportable.ts';
import { hostUrl } from '../../inventory/hostUrl.ts';
import type { DetailsAction } from './protocol.ts';

/** The actions of an item's panel. An action that cannot work is not offered. */
export function detailsActions(entry: ItemEntry, pinned: boolean): DetailsAction[] {
  return OFFERS.filter(({ isOffered }) => isOffered(entry, pinned)).map(({ action }) => action());
}

/** The only action of a panel without values. */
export function refreshAction(): DetailsAction {
  return { id: 'onaScm.refresh', label: l10n.t('Refresh'), place: 'footer' };
}

interface Offer {
  readonly isOffered: (entry: ItemEntry, pinned: boolean) => boolean;
  /** A function, because the translations may not be loaded yet when this file is. */
  readonly action: () => DetailsAction;
}

/** In the order of the page. */
const OFFERS: readonly Offer[] = [
  {
    isOffered: hasIntegrationId,
    action: () => ({
      id: 'onaScm.copyId',
      label: l10n.t('Copy ID'),
      place: 'header',
      icon: 'copy',
      copies: true,
    }),
  },
  {
    isOffered: hasHostPage,
    action: () => ({
      id: 'onaScm.openHost',
      label: l10n.t('Open Host'),
      place: 'header',
      icon: 'link-external',
    }),
  },
  {
    isOffered: hasRunnerId,
    action: () => ({
      id: 'onaScm.copyRunnerId',
      label: l10n.t('Copy Runner ID'),
      place: 'header',
      icon: 'copy',
      copies: true,
    }),
  },
  {
    isOffered: (_, pinned) => !pinned,
    action: () => ({ id: 'onaScm.keepDetails', label: l10n.t('Keep Open'), place: 'header', icon: 'pin' }),
  },
  { isOffered: always, action: refreshAction },
  {
    isOffered: always,
    action: () => ({
      id: 'onaScm.openJson',
      label: l10n.t('Open as JSON'),
      place: 'footer',
      requiresItem: true,
    }),
  },
  {
    isOffered: always,
    action: () => ({
      id: 'onaScm.copyCurl',
      label: l10n.t('Copy as curl'),
      place: 'footer',
      copies: true,
      requiresItem: true,
    }),
  },
  {
    isOffered: hasIntegrationId,
    action: () => ({
      id: 'onaScm.copyLink',
      label: l10n.t('Copy Link'),
      place: 'footer',
      copies: true,
      requiresItem: true,
    }),
  },
  {
    isOffered: isImportableIntegration,
    action: () => ({
      id: 'onaScm.copyTerraformImport',
      label: l10n.t('Copy as Terraform Import Block'),
      place: 'footer',
      copies: true,
      requiresItem: true,
    }),
  },
  {
    isOffered: always,
    action: () => ({
      id: 'onaScm.copyDiagnosis',
      label: l10n.t('Copy Diagnosis'),
      place: 'footer',
      copies: true,
      requiresItem: true,
    }),
  },
  {
    isOffered: always,
    action: () => ({ id: 'onaScm.openDashboard', label: l10n.t('Runner Settings'), place: 'footer' }),
  },
  {
    isOffered: isIntegration,
    action: () => ({ id: 'onaScm.openDocs', label: l10n.t('Documentation'), place: 'footer' }),
  },
];

function always(): boolean {
  return true;
}

function isIntegration({ kind }: ItemEntry): boolean {
  return kind === 'integration';
}

function hasIntegrationId(entry: ItemEntry): boolean {
  return entry.kind === 'integration' && entry.integration.id !== '';
}

function hasHostPage(entry: ItemEntry): boolean {
  return (
    entry.kind === 'integration' &&
    hostUrl(entry.integration.host, entry.integration.virtualDirectory) !== undefined
  );
}

function hasRunnerId({ kind, ref }: ItemEntry): boolean {
  return kind === 'runner' && ref.runnerId !== '';
}

function isImportableIntegration(entry: ItemEntry): boolean {
  return entry.kind === 'integration' && isImportable(entry);
}
