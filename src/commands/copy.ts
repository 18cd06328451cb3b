import { l10n, window } from 'vscode';
import { curlRequest, shellOf } from '../formats/curlRequest.ts';
import type { ItemEntry } from '../inventory/groups.ts';
import { plural } from '../words/numbersAndDates.ts';
import type { Command } from './command.ts';
import { copy, copyAsJson, copyLines, noId, withoutId } from './copyText.ts';
import { itemsOfRows } from './itemsOfRows.ts';

/** *Copy Integration ID*: one ID per line. */
export const copyId: Command = async (context, on) => {
  const entries = await context.selection.integrations(on, l10n.t('Copy Integration ID'));
  return copyLines(context, entries, ({ ref }) => ref.id, {
    one: l10n.t('Copied the integration ID'),
    several: (count) => l10n.t('Copied {0} integration IDs', count),
    none: noId(),
    left: withoutId,
  });
};

/** *Copy Runner ID*: of a runner, or of an integration's runner. One ID per line. */
export const copyRunnerId: Command = async (context, on) => {
  const entries = await context.selection.items(on, l10n.t('Copy Runner ID'), 'runners');
  return copyLines(context, entries, ({ ref }) => ref.runnerId, {
    one: l10n.t('Copied the runner ID'),
    several: (count) => l10n.t('Copied {0} runner IDs', count),
    none: l10n.t('This runner has no ID, so nothing was copied.'),
    left: (n) =>
      plural(
        n,
        l10n.t('{0} runner was left out: it has no ID.', n),
        l10n.t('{0} runners were left out: they have no ID.', n),
      ),
  });
};

/** The copy key in the tree: copies the IDs of the focused rows. */
export const copyFocused: Command = async (context) => {
  const rows = await context.view.focusedRows();
  const entries = itemsOfRows(rows);
  if (entries.length === 0) {
    window.setStatusBarMessage(l10n.t('This row has no ID.'), 3000);
  } else if (entries.every(({ kind }) => kind === 'integration')) {
    await copyId(context, { rows });
  } else if (entries.every(({ kind }) => kind === 'runner')) {
    await copyRunnerId(context, { rows });
  } else {
    await copyLines(
      context,
      entries,
      ({ ref }: ItemEntry) => (ref.kind === 'runner' ? ref.runnerId : ref.id),
      {
        one: l10n.t('Copied the ID'),
        several: (count) => l10n.t('Copied {0} IDs', count),
        none: l10n.t('This row has no ID.'),
        left: (n) =>
          plural(
            n,
            l10n.t('{0} row was left out: it has no ID.', n),
            l10n.t('{0} rows were left out: they have no ID.', n),
          ),
      },
    );
  }
};

/** *Copy Host*: as in the integration, without a scheme. One host per line. */
export const copyHost: Command = async (context, on) => {
  const entries = await context.selection.integrations(on, l10n.t('Copy Host'));
  return copyLines(context, entries, ({ ref }) => ref.host, {
    one: l10n.t('Copied the host'),
    several: (count) => l10n.t('Copied {0} hosts', count),
    none: l10n.t('This integration has no host, so nothing was copied.'),
    left: (n) =>
      plural(
        n,
        l10n.t('{0} integration was left out: it has no host.', n),
        l10n.t('{0} integrations were left out: they have no host.', n),
      ),
  });
};

/** *Copy as JSON*: one item as an object, several as an array. */
export const copyJson: Command = async ({ selection, groups }, on) => {
  const entries = await selection.items(on, l10n.t('Copy as JSON'));
  await copyAsJson(entries, groups.runners);
};

/** *Copy as curl Request*: reads the integrations of the runners that the items belong to. */
export const copyCurl: Command = async ({ selection, session }, on) => {
  const entries = await selection.items(on, l10n.t('Copy as curl Request'));
  const { connection } = session;
  if (entries.length === 0 || connection === undefined) {
    return;
  }
  const runnerIds = new Set(entries.map(({ ref }) => ref.runnerId));
  const shell = shellOf(process.platform);
  await copy(
    curlRequest(connection.apiUrl, [...runnerIds], shell),
    shell === 'powerShell'
      ? l10n.t('Copied the curl request for PowerShell; it reads the API key from {0}', '$env:ONA_API_KEY')
      : l10n.t('Copied the curl request for Bash or zsh; it reads the API key from {0}', '$ONA_API_KEY'),
  );
};
