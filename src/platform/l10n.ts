import { l10n } from 'vscode';

/**
 * Replaces `@vscode/l10n` in the bundles: the editor has loaded the texts of its language already. Code that imports the
 * library instead of `vscode` also runs in plain Node.js, where it is tested.
 */
export const t = l10n.t;
