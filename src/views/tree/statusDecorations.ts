import * as l10n from '@vscode/l10n';
import { type Disposable, FileDecoration, ThemeColor, Uri, window } from 'vscode';
import { STATUS_SCHEME } from '../../names.ts';
import { statusText } from '../../words/status.ts';
import type { Mark } from './rowParts.ts';

/**
 * The address that a row is decorated by. It says how, and nothing else: a row whose status changes gets another address,
 * so that nobody has to tell VS Code that a decoration has changed.
 */
export function markUri(mark: Mark): Uri {
  return Uri.from({ scheme: STATUS_SCHEME, path: `/${mark}` });
}

/** Decorates the rows. People can switch that off, so rows say the same in words. */
export function registerStatusDecorations(): Disposable {
  return window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme, path }) =>
      scheme === STATUS_SCHEME ? decorationOf(path.slice(1) as Mark) : undefined,
  });
}

function decorationOf(mark: Mark): FileDecoration {
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
