import { commands, l10n } from 'vscode';
import { targetOf } from '../views/details/detailsTarget.ts';
import type { DetailsTarget } from '../views/details/messages.ts';
import type { TreeElement } from '../views/tree/integrationsTree.ts';
import type { ItemNode } from '../views/tree/nodes.ts';
import { plural } from '../platform/language.ts';
import type { Command, CommandContext } from './index.ts';
import { confirmMany } from './many.ts';
import { chosenNodes } from './selection.ts';

/** A double click runs a row's command twice, and Enter runs it right after its key binding: within this time, in milliseconds. */
const TWICE_WITHIN = 500;

/** The last click on a row; without a target the last Enter, which stands for a click on whatever row it opens. */
let lastClick: { readonly at: number; readonly target: string | undefined } | undefined;

/** *Show Details*: in the panel that is re-used. What a click on a row runs too. */
export const showDetails: Command = async (context, row) => {
  if (isClick(row)) {
    await click(context, targetOf(row.click.node));
    return;
  }
  // One panel shows one thing: of several selected rows the one that it was called on.
  const [target] = await targets(context, row, undefined, l10n.t('Show Details'));
  if (target !== undefined) {
    await context.details.show(target, false);
  }
};

/** Once shows details without taking the focus, twice keeps them open. */
async function click({ details }: CommandContext, target: DetailsTarget): Promise<void> {
  const id = JSON.stringify(target);
  const now = performance.now();
  const again =
    lastClick !== undefined && now - lastClick.at < TWICE_WITHIN && (lastClick.target ?? id) === id;
  lastClick = again ? undefined : { at: now, target: id };
  if (again) {
    await details.keep(target);
  } else {
    await details.show(target, true);
  }
}

/** *Keep Details Open*: a panel of its own, with the focus. On what is in front where that is a details panel. */
export const keepDetails: Command = async (context, row, rows) => {
  if (isEnter(row)) {
    // The row's own command comes after this one, however far the window is.
    const pressed = { at: Infinity, target: undefined };
    lastClick = pressed;
    // Opens an integration and expands a runner, as Enter does in every list.
    await commands.executeCommand('list.select');
    if (lastClick === pressed) {
      lastClick = { at: performance.now(), target: undefined };
    }
    return;
  }
  const { details } = context;
  const chosen =
    row === undefined && details.active !== undefined
      ? [details.active]
      : await targets(context, row, rows, l10n.t('Keep Details Open'));
  const n = chosen.length;
  if (await confirmMany(n, plural(n, l10n.t('Open {0} page?', n), l10n.t('Open {0} pages?', n)))) {
    for (const target of chosen) {
      await details.keep(target);
    }
  }
};

async function targets(
  context: CommandContext,
  row: TreeElement | undefined,
  rows: readonly TreeElement[] | undefined,
  title: string,
): Promise<readonly DetailsTarget[]> {
  const nodes = await chosenNodes(context, row, rows, title, true);
  return nodes.map(targetOf);
}

function isClick(argument: unknown): argument is { readonly click: { readonly node: ItemNode } } {
  return typeof argument === 'object' && argument !== null && 'click' in argument;
}

/** The arguments of the key binding for Enter, which gets no row. */
function isEnter(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'enter' in argument;
}
