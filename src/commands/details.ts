import { l10n } from 'vscode';
import { plural } from '../words/numbersAndDates.ts';
import type { Command } from './command.ts';
import { confirmMany } from './confirmMany.ts';

/** *Show Details*: in the panel that is reused. */
export const showDetails: Command = async ({ selection, panels: { details } }, { row }) => {
  // A panel shows one item: of several selected rows, the one that the command was run on.
  const [entry] = await selection.items({ row }, l10n.t('Show Details'));
  if (entry !== undefined) {
    await details.show(entry.ref, false);
  }
};

/** *Keep Details Open*: in a panel of its own, with the focus. Without a row, pins the details panel in front. */
export const keepDetails: Command = async ({ selection, panels: { details } }, on) => {
  const refs =
    on.row === undefined && details.active !== undefined
      ? [details.active]
      : (await selection.items(on, l10n.t('Keep Details Open'))).map(({ ref }) => ref);
  const n = refs.length;
  if (await confirmMany(n, plural(n, l10n.t('Open {0} tab?', n), l10n.t('Open {0} tabs?', n)))) {
    for (const ref of refs) {
      await details.pin(ref);
    }
  }
};
