import * as l10n from '@vscode/l10n';
import { FileDecoration, ThemeColor } from 'vscode';
import { statusText } from '../../words/status.ts';
import type { Mark } from './rowParts.ts';

/*
 * Loaded on demand, for the first row that is decorated.
 */

export function statusDecoration(mark: Mark): FileDecoration {
  switch (mark) {
    case 'broken':
      return new FileDecoration('✕', statusText(mark), new ThemeColor('list.errorForeground'));
    case 'attention':
      return new FileDecoration('!', statusText(mark), new ThemeColor('list.warningForeground'));
    case 'works':
      // The greens of themes are too pale for text.
      return new FileDecoration('✓', statusText(mark));
    case 'runnerOffline':
      return new FileDecoration(
        undefined,
        l10n.t('The runner is offline'),
        new ThemeColor('list.deemphasizedForeground'),
      );
  }
}
