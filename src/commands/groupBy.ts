import { l10n, window } from 'vscode';
import { type Grouping, setGroupBy } from '../platform/settings.ts';
import type { Command } from './command.ts';

/** *Group by Runner*, *Group by Provider*, *Group by Host*: sets `onaScm.groupBy`. */
export function groupRowsBy(grouping: Grouping): Command {
  return async () => {
    await setGroupBy(grouping);
    window.setStatusBarMessage(confirmation(grouping), 3000);
  };
}

function confirmation(grouping: Grouping): string {
  switch (grouping) {
    case 'runner':
      return l10n.t('$(list-tree) Grouped by runner');
    case 'provider':
      return l10n.t('$(list-tree) Grouped by provider');
    case 'host':
      return l10n.t('$(list-tree) Grouped by host');
  }
}
