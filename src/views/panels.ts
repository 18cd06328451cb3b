import type { Disposable } from '../base/event.ts';
import type { Watcher } from '../inventory/watcher.ts';
import type { WebviewName } from '../names.ts';
import { DetailsPanels } from './details/detailsPanels.ts';
import type { PanelContext } from './panelContext.ts';
import type { PanelRestorer } from './webviewPage.ts';

/** Makes the panels of every webview. None is open yet. */
export function createPanels(context: PanelContext) {
  return {
    details: new DetailsPanels(context),
  } satisfies Record<WebviewName, Watcher & PanelRestorer & Disposable>;
}

/** The panels of every webview, by its name. */
export type Panels = ReturnType<typeof createPanels>;
