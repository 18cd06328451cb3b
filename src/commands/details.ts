import { commands, l10n } from 'vscode';
import type { ItemEntry } from '../inventory/groups.ts';
import { type ItemRef, refKey } from '../inventory/itemRef.ts';
import { plural } from '../platform/language.ts';
import type { Command, CommandContext, CommandTarget } from './index.ts';
import { confirmMany } from './many.ts';
import { chosenItems } from './selection.ts';

/** A double click runs a row's command twice, and Enter runs it right after its key binding: within this time, in milliseconds. */
const TWICE_WITHIN = 500;

/** The last click on a row; without a key the last Enter, which stands for a click on whatever row it opens. */
let lastClick: { readonly at: number; readonly key: string | undefined } | undefined;

/** *Show Details*: in the panel that is re-used. What a click on a row runs too. */
export const showDetails: Command = async (context, row) => {
  if (isClick(row)) {
    await click(context, row.click.ref);
    return;
  }
  // One panel shows one thing: of several selected rows the one that it was called on.
  const [ref] = await chosenRefs(context, row, undefined, l10n.t('Show Details'));
  if (ref !== undefined) {
    await context.details.show(ref, false);
  }
};

/** Once shows details without taking the focus, twice keeps them open. */
async function click({ details }: CommandContext, ref: ItemRef): Promise<void> {
  const key = refKey(ref);
  const now = performance.now();
  const again =
    lastClick !== undefined && now - lastClick.at < TWICE_WITHIN && (lastClick.key ?? key) === key;
  lastClick = again ? undefined : { at: now, key };
  if (again) {
    await details.keep(ref);
  } else {
    await details.show(ref, true);
  }
}

/** *Keep Details Open*: a panel of its own, with the focus. On what is in front where that is a details panel. */
export const keepDetails: Command = async (context, row, rows) => {
  if (isEnter(row)) {
    // The row's own command comes after this one, however far the window is.
    const pressed = { at: Infinity, key: undefined };
    lastClick = pressed;
    // Opens an integration and expands a runner, as Enter does in every list.
    await commands.executeCommand('list.select');
    if (lastClick === pressed) {
      lastClick = { at: performance.now(), key: undefined };
    }
    return;
  }
  const { details } = context;
  const chosen =
    row === undefined && details.active !== undefined
      ? [details.active]
      : await chosenRefs(context, row, rows, l10n.t('Keep Details Open'));
  const n = chosen.length;
  if (await confirmMany(n, plural(n, l10n.t('Open {0} page?', n), l10n.t('Open {0} pages?', n)))) {
    for (const ref of chosen) {
      await details.keep(ref);
    }
  }
};

async function chosenRefs(
  context: CommandContext,
  row: CommandTarget | undefined,
  rows: readonly CommandTarget[] | undefined,
  title: string,
): Promise<readonly ItemRef[]> {
  const entries = await chosenItems(context, row, rows, title, true);
  return entries.map(({ ref }) => ref);
}

function isClick(argument: unknown): argument is { readonly click: ItemEntry } {
  return typeof argument === 'object' && argument !== null && 'click' in argument;
}

/** The arguments of the key binding for Enter, which gets no row. */
function isEnter(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'enter' in argument;
}
