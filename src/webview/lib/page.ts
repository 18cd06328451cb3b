import type { FromPage, ToPage } from '../../views/webviewProtocol.ts';
import { announce } from './announce.ts';

/** How long a check mark confirms a copy, in milliseconds. */
const CONFIRMED_FOR = 2_000;

/** What the editor stores for a page. The state comes from the extension, the view from the page. */
type Stored<State, View> = State & { readonly view?: Partial<View> };

/**
 * The page's end of views/webviewPage.ts: receives what to show, and stores what has to survive a reload of the window.
 * A script creates exactly one.
 *
 * @typeParam Model what the page shows
 * @typeParam State what the panel shows, as the extension sends it
 * @typeParam View state that only the page has: the scroll position, what is open
 * @typeParam Message what this page sends to the extension, in addition to what every page does
 */
export class Page<Model, State extends object, View extends object, Message> {
  readonly #vscode = acquireVsCodeApi<Stored<State, View>>();
  readonly #draw: (model: Model, state: State | undefined) => void;
  readonly #wasRestored: boolean;
  readonly #copied = new Set<string>();
  #shown: { readonly model: Model; readonly state: State | undefined } | undefined;
  #state: State | undefined;
  #view: Partial<View>;

  /** @param draw makes the document show a model; may be called with the same model again */
  constructor(draw: (model: Model, state: State | undefined) => void) {
    this.#draw = draw;
    const stored = this.#vscode.getState();
    this.#wasRestored = stored !== undefined;
    this.#state = stored;
    this.#view = stored?.view ?? {};
    window.addEventListener('message', ({ data }: MessageEvent<ToPage<Model, State>>) => {
      if (data.type === 'copied') {
        this.#confirmCopy(data.key, data.announcement);
      } else {
        this.#show(data.model, data.state);
      }
    });
    this.#post({ type: 'ready' });
  }

  /** Initially what was stored when the page was last shown. */
  get view(): Readonly<Partial<View>> {
    return this.#view;
  }

  setView(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    this.#store();
  }

  /** Whether what the page calls by this key was copied a moment ago: it shows a check mark. */
  wasCopied(key: string): boolean {
    return this.#copied.has(key);
  }

  send(message: Message): void {
    this.#post(message);
  }

  #post(message: FromPage | Message): void {
    this.#vscode.postMessage(message);
  }

  #show(model: Model, state: State | undefined): void {
    this.#shown = { model, state };
    this.#state = state;
    this.#redraw();
    this.#store();
    if (state === undefined && this.#wasRestored) {
      this.#post({ type: 'forgotten' });
    }
  }

  #redraw(): void {
    if (this.#shown !== undefined) {
      this.#draw(this.#shown.model, this.#shown.state);
    }
  }

  #store(): void {
    this.#vscode.setState(this.#state && { ...this.#state, view: this.#view });
  }

  #confirmCopy(key: string, announcement: string): void {
    announce(announcement);
    this.#copied.add(key);
    this.#redraw();
    setTimeout(() => {
      this.#copied.delete(key);
      this.#redraw();
    }, CONFIRMED_FOR);
  }
}
