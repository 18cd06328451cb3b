import { l10n } from 'vscode';

/**
 * Replaces `@vscode/l10n` in the bundles: VS Code has already loaded the translations. Code that imports the
 * library instead of `vscode` also runs in plain Node.js, where it is tested.
 */
export const t = l10n.t;
