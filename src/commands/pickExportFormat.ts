import { env, l10n, type QuickPickItem, window } from 'vscode';
import { usesExcelSemicolon } from '../formats/excelSemicolon.ts';
import type { ExportFormat } from '../formats/exportText.ts';

/** Asks for the format of an export. */
export async function pickExportFormat(title: string): Promise<ExportFormat | undefined> {
  const isForLanguage = usesExcelSemicolon(env.language);
  const guard = l10n.t('an apostrophe precedes what a spreadsheet would run as a formula');
  const items: (QuickPickItem & { readonly format: ExportFormat })[] = [
    { label: 'CSV', description: l10n.t('for spreadsheets; {0}', guard), format: 'csv' },
    // The language of the system; Excel uses its region.
    ...(isForLanguage || usesExcelSemicolon(Intl.DateTimeFormat().resolvedOptions().locale)
      ? [
          {
            label: isForLanguage
              ? l10n.t('CSV for Excel in this language (;)')
              : l10n.t('CSV for Excel in this region (;)'),
            description: l10n.t('cells separated by semicolons; {0}', guard),
            format: 'csvSemicolon' as const,
          },
        ]
      : []),
    {
      label: 'JSON',
      description: l10n.t('for scripts and tools; all values exactly as they are'),
      format: 'json',
    },
  ];
  return (await window.showQuickPick(items, { title }))?.format;
}
