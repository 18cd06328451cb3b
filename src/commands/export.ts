import { homedir } from 'node:os';
import { type CancellationToken, commands, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { type ExportFormat, type ExportRow, exportSteps } from '../formats/exportText.ts';
import { exportFileName } from '../formats/fileName.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import { refKey } from '../inventory/itemRef.ts';
import { inSlices, runInSlices } from '../base/slices.ts';
import { errorText, reasonText } from '../words/errors.ts';
import { messagesOf } from '../words/messagesOf.ts';
import { leftOutText } from '../words/leftOut.ts';
import { plural } from '../words/numbersAndDates.ts';
import { saveFile } from '../platform/saveFile.ts';
import { withoutLinks } from '../base/text.ts';
import type { Command, CommandContext } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import { pickExportFormat } from './pickExportFormat.ts';
import { whenComplete } from './whenComplete.ts';

/** From this many rows on, an export shows its progress in a notification, where it can be canceled. */
const MANY_ROWS = 1000;

/** *Export Integrations…* of a row: the selected integrations, including those of selected runners. */
export const exportChosen: Command = async (context, on) => {
  if (on.row === undefined) {
    await exportAll(context, on);
    return;
  }
  const { inventory, groups, visibleTree, selection } = context;
  // Evaluated again after the wait, when a row may have more integrations.
  const chosen = () => selection.inTree(on);
  if (chosen().length > 0 && (await whenComplete(inventory))) {
    await groups.whenGrouped();
    await visibleTree.whenCurrent();
    await exportRows(context, await inSlices(chosenSteps(groups.runners, chosen())));
  }
};

/**
 * *Export Integrations…* of the view: all integrations, or those that match the filter or are selected. Ignores the row
 * it is run on, because the view's menu passes whatever row has the focus.
 */
export const exportAll: Command = async (context) => {
  const { inventory, groups, visibleTree, selection, session, treeOptions } = context;
  if (!(await ensureSignedIn(session)) || !(await whenComplete(inventory))) {
    return;
  }
  await groups.whenGrouped();
  await visibleTree.whenCurrent();
  const { runners } = groups;
  const { filter } = treeOptions.current;
  const all = await inSlices(rowSteps(runners, () => () => true));
  const matching =
    filter === undefined ? all : await inSlices(rowSteps(runners, (runner) => filter.testFor(runner)));
  const selected = await inSlices(chosenSteps(runners, selection.inTree({})));
  const rows = await pickRows(all, matching, selected);
  if (rows !== undefined) {
    await exportRows(context, rows);
  }
};

function title(): string {
  return l10n.t('Export Integrations');
}

/** The rows of the chosen items, without duplicates. A runner stands for its integrations that match the filter. */
function* chosenSteps(
  runners: readonly RunnerEntry[],
  chosen: readonly ItemEntry[],
): Generator<void, readonly ExportRow[], undefined> {
  const keys = new Set<string>();
  for (const item of chosen) {
    for (const { ref } of item.kind === 'runner' ? item.integrations : [item]) {
      keys.add(refKey(ref));
      yield;
    }
  }
  return keys.size === 0
    ? []
    : yield* rowSteps(
        runners,
        () =>
          ({ ref }) =>
            keys.has(refKey(ref)),
      );
}

/** The current rows that pass the test for their runner. In steps, because there can be very many. */
function* rowSteps(
  runners: readonly RunnerEntry[],
  testFor: (runner: RunnerEntry) => (entry: IntegrationEntry) => boolean,
): Generator<void, readonly ExportRow[], undefined> {
  const rows: ExportRow[] = [];
  for (const runner of runners) {
    const test = testFor(runner);
    for (const entry of runner.integrations) {
      if (test(entry)) {
        rows.push({ entry, runner });
      }
      yield;
    }
  }
  return rows;
}

/** Asks which rows to export, if there is a choice. */
async function pickRows(
  all: readonly ExportRow[],
  matching: readonly ExportRow[],
  selected: readonly ExportRow[],
): Promise<readonly ExportRow[] | undefined> {
  const [a, m, s] = [all.length, matching.length, selected.length];
  const items = [
    { label: l10n.t('All integrations ({0})', a), rows: all },
    ...(matching === all
      ? []
      : [
          {
            label: l10n.t('Filtered integrations ({0})', m),
            description: l10n.t("match the view's filter"),
            rows: matching,
          },
        ]),
    ...(s === 0
      ? []
      : [
          {
            label: l10n.t('Selected integrations ({0})', s),
            rows: selected,
          },
        ]),
  ];
  return items.length === 1 ? all : (await window.showQuickPick(items, { title: title() }))?.rows;
}

async function exportRows(context: CommandContext, rows: readonly ExportRow[]): Promise<void> {
  const { error, data } = context.groups.state;
  const problem = error ? errorText(error) : data.leftOut && leftOutText(data.leftOut);
  if (rows.length === 0) {
    const reason = problem ?? l10n.t('There are no integrations to export.');
    void window.showInformationMessage(`${title()}: ${reason}`);
    return;
  }
  const format = await pickExportFormat(title());
  const target = format && (await askWhere(context, format));
  if (format !== undefined && target !== undefined && (await write(context, rows, format, target))) {
    // Rows may be out of date or missing. People who use the file have to know.
    await confirmExport(rows.length, target, problem);
  }
}

function askWhere({ session }: CommandContext, format: ExportFormat): Thenable<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const extension = format === 'json' ? 'json' : 'csv';
  return window.showSaveDialog({
    title: title(),
    defaultUri: Uri.joinPath(folder, exportFileName(session.organizationName ?? '', new Date(), extension)),
    filters: { [extension.toUpperCase()]: [extension] },
  });
}

/**
 * Writes the file. If that fails, the user can retry.
 *
 * @returns whether the file was written
 */
async function write(
  { groups }: CommandContext,
  rows: readonly ExportRow[],
  format: ExportFormat,
  target: Uri,
): Promise<boolean> {
  for (;;) {
    try {
      return await window.withProgress(
        {
          location: rows.length < MANY_ROWS ? ProgressLocation.Window : ProgressLocation.Notification,
          title: l10n.t('Exporting to {0}…', nameOf(target)),
          cancellable: true,
        },
        async (progress, token) => {
          const steps = exportSteps(rows, format, messagesOf(groups.runners), (count) =>
            progress.report({ increment: (count / rows.length) * 100 }),
          );
          const bytes = await unlessCanceled(steps, token);
          return bytes !== undefined && (await saveFile(target, bytes, token));
        },
      );
    } catch (error) {
      const cause = reasonText(error);
      const retry = l10n.t('Retry');
      const message = l10n.t('{0} could not be written: {1}', nameOf(target), cause);
      if ((await window.showErrorMessage(message, retry)) !== retry) {
        return false;
      }
    }
  }
}

/** @returns undefined if it was canceled */
function unlessCanceled<T>(
  steps: Generator<void, T, undefined>,
  token: CancellationToken,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = runInSlices(steps, { done: resolve, failed: reject });
    token.onCancellationRequested(() => {
      stop?.();
      resolve(undefined);
    });
  });
}

async function confirmExport(count: number, target: Uri, problem: string | undefined): Promise<void> {
  const open = l10n.t('Open');
  const name = nameOf(target);
  const done = plural(
    count,
    l10n.t('Exported {0} integration to {1}.', count, name),
    l10n.t('Exported {0} integrations to {1}.', count, name),
  );
  const chosen =
    problem === undefined
      ? await window.showInformationMessage(done, open)
      : await window.showWarningMessage(
          l10n.t('{0} The data may be out of date or incomplete: {1}', done, problem),
          open,
        );
  if (chosen === open) {
    await commands.executeCommand('vscode.open', target);
  }
}

function nameOf({ path }: Uri): string {
  return withoutLinks(path.slice(path.lastIndexOf('/') + 1));
}
