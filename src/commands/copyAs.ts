import { env, l10n, window } from 'vscode';
import { curlRequest } from '../formats/curlRequest.ts';
import { itemJson, jsonText } from '../formats/jsonText.ts';
import { terraformImport } from '../formats/terraformImport.ts';
import { plural } from '../platform/language.ts';
import { integrationLink } from '../platform/links.ts';
import type { LaterCommand } from './later.ts';

/** *Copy as JSON*: one as an object, several as a list. */
export const copyJson: LaterCommand = async (context, row, rows) => {
  const title = l10n.t('Copy as JSON');
  const entries = await context.selection.chosenItems(context, row, rows, title, true);
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

/** *Copy as curl Request*: what reads the integrations of the runners that rows are of. */
export const copyCurl: LaterCommand = async (context, row, rows) => {
  const title = l10n.t('Copy as curl Request');
  const entries = await context.selection.chosenItems(context, row, rows, title, true);
  const { current } = context.session;
  if (entries.length === 0 || current.kind !== 'signedIn') {
    return;
  }
  const runnerIds = entries.map(({ ref }) => ref.runnerId);
  await copy(
    curlRequest(current.connection.apiUrl, [...new Set(runnerIds)]),
    l10n.t('Copied the curl request; it reads the API key from {0}', 'ONA_API_KEY'),
  );
};

/** *Copy as Terraform Import Block*: what Ona manages and what has no ID cannot be imported, and is left out. */
export const copyTerraformImport: LaterCommand = async (context, row, rows) => {
  const title = l10n.t('Copy as Terraform Import Block');
  const entries = await context.selection.chosenIntegrations(context, row, rows, title);
  if (entries.length === 0) {
    return;
  }
  const own = entries.filter(({ managed }) => !managed);
  const importable = own.filter(({ integration }) => integration.id !== '');
  const left = entries.length - importable.length;
  if (importable.length === 0) {
    void window.showInformationMessage(
      own.length === 0
        ? l10n.t('Integrations managed by Ona cannot be imported into Terraform, so nothing was copied.')
        : l10n.t('The API sent no ID for this integration, so nothing was copied.'),
    );
    return;
  }
  const names = new Map(context.groups.runners.map(({ ref, runner }) => [ref.runnerId, runner?.name ?? '']));
  const text = terraformImport(
    importable.map(({ integration: { id, runnerId, host } }) => ({
      id,
      runnerName: names.get(runnerId) ?? '',
      host,
    })),
  );
  const n = importable.length;
  await copy(
    text,
    n === 1 && left === 0
      ? l10n.t('Copied the Terraform import block')
      : plural(
          n,
          l10n.t('Copied {0} Terraform import block', n),
          l10n.t('Copied {0} Terraform import blocks', n),
        ),
  );
  if (left > 0) {
    void window.showInformationMessage(
      plural(
        left,
        l10n.t('{0} integration was left out: Ona manages it, or it has no ID.', left),
        l10n.t('{0} integrations were left out: Ona manages them, or they have no ID.', left),
      ),
    );
  }
};

/** *Copy Link*: what opens the integration in the editor; of several, one per line. */
export const copyLink: LaterCommand = async (context, row, rows) => {
  const entries = await context.selection.chosenIntegrations(context, row, rows, l10n.t('Copy Link'));
  if (entries.length === 0) {
    return;
  }
  const links = entries
    .map(({ integration }) => integration)
    .filter(({ id }) => id !== '')
    .map(integrationLink);
  const n = links.length;
  if (n === 0) {
    void window.showInformationMessage(
      l10n.t('The API sent no ID for this integration, so nothing was copied.'),
    );
    return;
  }
  await copy(
    links.join('\n'),
    n === 1
      ? l10n.t('Copied the link')
      : plural(n, l10n.t('Copied {0} link', n), l10n.t('Copied {0} links', n)),
  );
};

async function copy(text: string, confirmation: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(copy) ${confirmation}`, 3000);
}
