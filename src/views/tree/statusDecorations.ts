import { type Disposable, Uri, window } from 'vscode';
import { STATUS_SCHEME } from '../../names.ts';
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
    provideFileDecoration: async ({ scheme, path }) => {
      if (scheme !== STATUS_SCHEME) {
        return undefined;
      }
      const { statusDecoration } = await import('./statusDecoration.ts');
      return statusDecoration(path.slice(1) as Mark);
    },
  });
}
