import { type Disposable, l10n, Uri, type WebviewPanel } from 'vscode';
import type { WebviewName } from '../names.ts';
import { webviewHtml } from './webviewHtml.ts';
import type { FromPage, ToPage } from './webviewProtocol.ts';

/** Takes over panels of an earlier window. */
export interface PanelRestorer {
  /** @param stored what the panel's page stored, as the editor hands it over */
  restore(panel: WebviewPanel, stored: unknown): Promise<void>;
}

export interface WebviewPageOptions<Message> {
  /** Which script and style sheet the page has. */
  readonly name: WebviewName;
  readonly extensionUri: Uri;
  /** Is told what the page says, except what concerns this class alone. */
  readonly receive: (message: Message) => void;
}

/**
 * The page in a webview panel: loads it, and makes it show what `show` was given last. It knows nothing of what that is.
 * Whoever has the panel makes the models and answers the page's messages, and closes the panel.
 *
 * @typeParam Model what the page shows: plain JSON, and no secret in it
 * @typeParam State what the page stores, so that the panel can be restored in the next window: plain JSON
 * @typeParam Message what the page says, told apart by `type`; `ready` and `forgotten` are taken
 */
export class WebviewPage<Model, State, Message extends { readonly type: string }> implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #options: WebviewPageOptions<Message>;
  readonly #messages: Disposable;
  #isReady = false;
  /** The messages as JSON, to compare them: what the page should show, and what it shows. */
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
   * Makes the page show a model, at once or as soon as it is ready. One that it shows already is not sent again.
   *
   * @param state undefined if there is nothing to restore: the page then forgets what it had stored
   */
  show(model: Model, state: State | undefined): void {
    const message: ToPage<Model, State> = { type: 'show', model, ...(state !== undefined && { state }) };
    this.#wanted = JSON.stringify(message);
    this.#sendIfChanged();
  }

  /** Lets the page confirm that what it knows by this key has been copied. */
  confirmCopy(key: string): void {
    const message: ToPage<Model, State> = { type: 'copied', key, announcement: l10n.t('Copied') };
    void this.#panel.webview.postMessage(message);
  }

  dispose(): void {
    this.#messages.dispose();
  }

  /** Loads the document, also in place of an earlier one. Its script says when it is ready. */
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
      // Again after the editor has unloaded a hidden page: it shows nothing then.
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
