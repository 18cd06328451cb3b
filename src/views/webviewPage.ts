import { type Disposable, l10n, Uri, type WebviewPanel } from 'vscode';
import type { WebviewName } from '../names.ts';
import { webviewHtml } from './webviewHtml.ts';
import type { FromPage, ToPage } from './webviewProtocol.ts';

/** Restores panels of an earlier window. */
export interface PanelRestorer {
  /** @param stored what the panel's page stored, not validated */
  restore(panel: WebviewPanel, stored: unknown): Promise<void>;
}

export interface WebviewPageOptions<Message> {
  /** Determines the page's script and style sheet. */
  readonly name: WebviewName;
  readonly extensionUri: Uri;
  /** Called with the page's messages, except those that this class handles itself. */
  readonly receive: (message: Message) => void;
}

/**
 * The page in a webview panel: loads it, and sends it what to show. The owner of the panel makes the models, answers
 * the page's messages and closes the panel.
 *
 * @typeParam Model what the page shows: plain JSON without secrets
 * @typeParam State what the page stores, so that the panel can be restored: plain JSON
 * @typeParam Message the messages of this page, distinguished by `type`; `ready` and `forgotten` are taken
 */
export class WebviewPage<Model, State, Message extends { readonly type: string }> implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #options: WebviewPageOptions<Message>;
  readonly #messages: Disposable;
  #isReady = false;
  /** Messages as JSON, so that they can be compared: what the page should show, and what it shows. */
  #wanted: string | undefined;
  #sent: string | undefined;

  constructor(panel: WebviewPanel, options: WebviewPageOptions<Message>) {
    this.#panel = panel;
    this.#options = options;
    const { extensionUri } = options;
    const localResourceRoots = ['dist', 'media'].map((folder) => Uri.joinPath(extensionUri, folder));
    panel.webview.options = { enableScripts: true, localResourceRoots };
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    this.#messages = panel.webview.onDidReceiveMessage((message: FromPage | Message) =>
      this.#receive(message),
    );
    this.#load();
  }

  /**
   * Makes the page show a model, as soon as it is ready. Nothing is sent if the page shows it already.
   *
   * @param state undefined if there is nothing to restore: the page then forgets what it had stored
   */
  show(model: Model, state: State | undefined): void {
    const message: ToPage<Model, State> = { type: 'show', model, ...(state !== undefined && { state }) };
    this.#wanted = JSON.stringify(message);
    this.#sendIfChanged();
  }

  /**
   * Makes the page confirm that what it calls by this key has been copied.
   *
   * @param note a sentence for screen readers to add
   */
  confirmCopy(key: string, note?: string): void {
    const announcement = note === undefined ? l10n.t('Copied') : l10n.t('Copied. {0}', note);
    const message: ToPage<Model, State> = { type: 'copied', key, announcement };
    void this.#panel.webview.postMessage(message);
  }

  dispose(): void {
    this.#messages.dispose();
  }

  /** Loads the document, or reloads it. Its script reports when it is ready. */
  #load(): void {
    const { name, extensionUri } = this.#options;
    const { webview } = this.#panel;
    this.#isReady = false;
    webview.html = webviewHtml(name, webview.cspSource, (folder, file) =>
      webview.asWebviewUri(Uri.joinPath(extensionUri, folder, file)).toString(),
    );
  }

  #receive(message: FromPage | Message): void {
    if (!isOfEveryPage(message)) {
      this.#options.receive(message);
    } else if (message.type === 'ready') {
      // The editor unloads hidden pages: one that comes back is ready again, and shows nothing.
      this.#isReady = true;
      this.#sent = undefined;
      this.#sendIfChanged();
    } else {
      this.#load();
    }
  }

  #sendIfChanged(): void {
    if (this.#isReady && this.#wanted !== undefined && this.#wanted !== this.#sent) {
      this.#sent = this.#wanted;
      void this.#panel.webview.postMessage(JSON.parse(this.#wanted));
    }
  }
}

function isOfEveryPage(message: { readonly type: string }): message is FromPage {
  return message.type === 'ready' || message.type === 'forgotten';
}
