import { l10n } from 'vscode';

/**
 * What stands for `@vscode/l10n` in the bundles: the editor has the texts of its language already. Code that imports the
 * library instead of `vscode` runs, and is tested, in plain Node.js too.
 */
export const t = l10n.t;
