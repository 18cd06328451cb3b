import { l10n, window } from 'vscode';
import { isImportable } from '../formats/isImportable.ts';
import { terraformImport } from '../formats/terraformImport.ts';
import { plural } from '../words/numbersAndDates.ts';
import type { Command } from './command.ts';
import { copy, noId, nothingCopied } from './copyText.ts';

/**
 * *Copy as Terraform Import Block*: names in comments what Terraform cannot import, because it is managed by Ona or has
 * no ID. Copies nothing if that is all.
 */
export const copyTerraformImport: Command = async ({ selection, groups }, on) => {
  const entries = await selection.integrations(on, l10n.t('Copy as Terraform Import Block'));
  if (entries.length === 0) {
    return;
  }
  const n = entries.filter(isImportable).length;
  const left = entries.length - n;
  if (n === 0) {
    void window.showInformationMessage(
      entries.every(({ isInherited }) => isInherited)
        ? l10n.t('Integrations managed by Ona cannot be imported into Terraform, so nothing was copied.')
        : entries.length === 1
          ? noId()
          : nothingCopied(notImportable(left)),
    );
    return;
  }
  const names = new Map(groups.runners.map(({ ref, runner }) => [ref.runnerId, runner?.name ?? '']));
  await copy(
    terraformImport(
      entries.map((entry) => ({ entry, runnerName: names.get(entry.integration.runnerId) ?? '' })),
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

function notImportable(count: number): string {
  return plural(
    count,
    l10n.t('{0} integration was left out: it is managed by Ona or has no ID.', count),
    l10n.t('{0} integrations were left out: they are managed by Ona or have no ID.', count),
  );
}
