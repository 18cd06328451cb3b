import { env, l10n, window } from 'vscode';
import { curlRequest, shellOf } from '../formats/curlRequest.ts';
import { itemJson, jsonText } from '../formats/jsonText.ts';
import { terraformImport } from '../formats/terraformImport.ts';
import type { ItemEntry } from '../inventory/groups.ts';
import { plural } from '../words/numbersAndDates.ts';
import { integrationLink } from '../platform/links.ts';
import type { Command } from './command.ts';
import { itemsOfRows } from './selection.ts';

/** *Copy Integration ID*: one ID per line. */
export const copyId: Command = async ({ selection }, on) => {
  const entries = await selection.integrations(on, l10n.t('Copy Integration ID'));
  await copyLines(entries, ({ ref }) => ref.id, {
    one: l10n.t('Copied the integration ID'),
    several: (count) => l10n.t('Copied {0} integration IDs', count),
    none: noId(),
    left: withoutId,
  });
};

/** *Copy Runner ID*: of a runner, or of an integration's runner. One ID per line. */
export const copyRunnerId: Command = async ({ selection }, on) => {
  const entries = await selection.items(on, l10n.t('Copy Runner ID'), 'runners');
  await copyLines(entries, ({ ref }) => ref.runnerId, {
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
    await copyLines(entries, ({ ref }: ItemEntry) => (ref.kind === 'runner' ? ref.runnerId : ref.id), {
      one: l10n.t('Copied the ID'),
      several: (count) => l10n.t('Copied {0} IDs', count),
      none: l10n.t('This row has no ID.'),
      left: (n) =>
        plural(
          n,
          l10n.t('{0} row was left out: it has no ID.', n),
          l10n.t('{0} rows were left out: they have no ID.', n),
        ),
    });
  }
};

/** *Copy Host*: as in the integration, without a scheme. One host per line. */
export const copyHost: Command = async ({ selection }, on) => {
  const entries = await selection.integrations(on, l10n.t('Copy Host'));
  await copyLines(entries, ({ ref }) => ref.host, {
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
export const copyJson: Command = async ({ selection }, on) => {
  const entries = await selection.items(on, l10n.t('Copy as JSON'));
  const [first] = entries;
  if (first === undefined) {
    return;
  }
  const n = entries.length;
  await copy(
    jsonText(n === 1 ? itemJson(first) : entries.map(itemJson)),
    n > 1
      ? plural(n, l10n.t('Copied {0} row as JSON', n), l10n.t('Copied {0} rows as JSON', n))
      : first.kind === 'runner'
        ? l10n.t('Copied the runner as JSON')
        : l10n.t('Copied the integration as JSON'),
  );
};

/** *Copy as curl Request*: reads the integrations of the runners that the items belong to. */
export const copyCurl: Command = async ({ selection, session }, on) => {
  const entries = await selection.items(on, l10n.t('Copy as curl Request'));
  const { connection } = session;
  if (entries.length === 0 || connection === undefined) {
    return;
  }
  const shell = shellOf(process.platform);
  const runnerIds = new Set(entries.map(({ ref }) => ref.runnerId));
  await copy(
    curlRequest(connection.apiUrl, [...runnerIds], shell),
    shell === 'powerShell'
      ? l10n.t('Copied the curl request for PowerShell; it reads the API key from {0}', '$env:ONA_API_KEY')
      : l10n.t('Copied the curl request for Bash or zsh; it reads the API key from {0}', '$ONA_API_KEY'),
  );
};

/** *Copy as Terraform Import Block*: leaves out what Terraform cannot import: managed by Ona, or without an ID. */
export const copyTerraformImport: Command = async ({ selection, groups }, on) => {
  const entries = await selection.integrations(on, l10n.t('Copy as Terraform Import Block'));
  if (entries.length === 0) {
    return;
  }
  const own = entries.filter(({ managed }) => !managed);
  const importable = own.filter(({ ref }) => ref.id !== '');
  const left = entries.length - importable.length;
  if (importable.length === 0) {
    void window.showInformationMessage(
      own.length === 0
        ? l10n.t('Integrations managed by Ona cannot be imported into Terraform, so nothing was copied.')
        : entries.length === 1
          ? noId()
          : nothingCopied(notImportable(left)),
    );
    return;
  }
  const names = new Map(groups.runners.map(({ ref, runner }) => [ref.runnerId, runner?.name ?? '']));
  const n = importable.length;
  await copy(
    terraformImport(
      importable.map(({ ref: { id, runnerId, host } }) => ({
        id,
        runnerName: names.get(runnerId) ?? '',
        host,
      })),
    ),
    n === 1 && left === 0
      ? l10n.t('Copied the Terraform import block')
      : plural(
          n,
          l10n.t('Copied {0} Terraform import block', n),
          l10n.t('Copied {0} Terraform import blocks', n),
        ),
  );
  if (left > 0) {
    void window.showInformationMessage(notImportable(left));
  }
};

/** *Copy Link*: opens the integration in the editor. One link per line. */
export const copyLink: Command = async ({ selection }, on) => {
  const entries = await selection.integrations(on, l10n.t('Copy Link'));
  await copyLines(entries, ({ ref }) => (ref.id === '' ? '' : integrationLink(ref)), {
    one: l10n.t('Copied the link'),
    several: (n) => plural(n, l10n.t('Copied {0} link', n), l10n.t('Copied {0} links', n)),
    none: noId(),
    left: withoutId,
  });
};

interface CopyTexts {
  readonly one: string;
  readonly several: (count: number) => string;
  /** Shown if the only entry has no value. */
  readonly none: string;
  /** Shown if this many of several entries have no value. */
  readonly left: (count: number) => string;
}

/** Copies one line for each distinct value. Entries whose value is empty are left out. */
async function copyLines<T>(
  entries: readonly T[],
  valueOf: (entry: T) => string,
  texts: CopyTexts,
): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const values = entries.map(valueOf).filter((value) => value !== '');
  const lines = [...new Set(values)];
  if (lines.length === 0) {
    void window.showInformationMessage(
      entries.length === 1 ? texts.none : nothingCopied(texts.left(entries.length)),
    );
    return;
  }
  await copy(lines.join('\n'), lines.length === 1 ? texts.one : texts.several(lines.length));
  if (values.length < entries.length) {
    void window.showInformationMessage(texts.left(entries.length - values.length));
  }
}

/** Confirms in the status bar, where it does not interrupt. */
async function copy(text: string, confirmation: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(copy) ${confirmation}`, 3000);
}

function noId(): string {
  return l10n.t('This integration has no ID, so nothing was copied.');
}

function withoutId(count: number): string {
  return plural(
    count,
    l10n.t('{0} integration was left out: it has no ID.', count),
    l10n.t('{0} integrations were left out: they have no ID.', count),
  );
}

/** @param leftOut why, as a sentence about several entries */
function nothingCopied(leftOut: string): string {
  return l10n.t('Nothing was copied. {0}', leftOut);
}

function notImportable(count: number): string {
  return plural(
    count,
    l10n.t('{0} integration was left out: it is managed by Ona or has no ID.', count),
    l10n.t('{0} integrations were left out: they are managed by Ona or have no ID.', count),
  );
}
