import { Disposable, env, l10n, type WebviewPanel, window } from 'vscode';
import { ownerOf } from '../../account/account.ts';
import type { Connection } from '../../account/sessionState.ts';
import { NewDay } from '../../base/newDay.ts';
import { findItem, findRunner, type ItemEntry } from '../../inventory/groups.ts';
import type { ItemRef } from '../../inventory/itemRef.ts';
import { openInBrowser } from '../../platform/openInBrowser.ts';
import { errorText, reasonText } from '../../words/errors.ts';
import type { WayOut } from '../../words/reasons.ts';
import { AbsentItems } from '../absentItems.ts';
import type { PanelContext } from '../panelContext.ts';
import { currentPanel, openPanel } from '../webviewPanel.ts';
import { WebviewPage } from '../webviewPage.ts';
import type { DetailsFacts } from './detailsFacts.ts';
import { asOfLine, detailsModel, emptyModel } from './detailsModel.ts';
import type { DetailsAction, DetailsMessage, DetailsModel, DetailsState } from './protocol.ts';
import { allRows, copiedText } from './rows.ts';
import { wayOutsOf } from './statusSection.ts';

export interface DetailsPanelContext extends PanelContext {
  /** Shows the details of another item. */
  readonly open: (ref: ItemRef) => void;
}

/** One panel with the details of an integration or a runner. It follows the inventory. */
export class DetailsPanel implements Disposable {
  readonly panel: WebviewPanel;
  readonly #context: DetailsPanelContext;
  readonly #page: WebviewPage<DetailsModel, DetailsState, DetailsMessage>;
  readonly #disposables: Disposable;
  readonly #absent = new AbsentItems();
  #state: DetailsState;
  /** The last known values. */
  #model: DetailsModel | undefined;
  /** When they were read. */
  #asOf: Date | undefined;
  /** The item that they belong to, which actions are run on. */
  #entry: ItemEntry | undefined;
  /** What helps, by the keys of the reasons and rows of the last status. */
  #wayOuts: ReadonlyMap<string, WayOut> = new Map();
  #connection: Connection | undefined;
  readonly #newDay = new NewDay(window.onDidChangeWindowState, () => this.#update());

  /** Opens a new panel in the active column. */
  static open(context: DetailsPanelContext, state: DetailsState, preserveFocus: boolean): DetailsPanel {
    return new DetailsPanel(openPanel('details', preserveFocus), context, state);
  }

  /** Takes over a panel of an earlier window. */
  static restore(panel: WebviewPanel, context: DetailsPanelContext, state: DetailsState): DetailsPanel {
    return new DetailsPanel(currentPanel(panel), context, state);
  }

  private constructor(panel: WebviewPanel, context: DetailsPanelContext, state: DetailsState) {
    this.panel = panel;
    this.#context = context;
    this.#state = state;
    const { session, groups, extensionUri } = context;
    this.#page = new WebviewPage(panel, {
      name: 'details',
      extensionUri,
      receive: (message) => void this.#receive(message),
    });
    this.#disposables = Disposable.from(
      this.#page,
      this.#newDay,
      // Also after every change of what was asked, once the statuses follow from it: both are shown together.
      groups.onDidChange(() => this.#update()),
      session.onDidChange(() => {
        this.#followSession();
        this.#update();
      }),
    );
    this.#followSession();
    this.#update();
  }

  get ref(): ItemRef {
    return this.#state.ref;
  }

  get pinned(): boolean {
    return this.#state.pinned;
  }

  /** Shows another item in this panel. */
  show(ref: ItemRef): void {
    this.#state = { ref, pinned: this.#state.pinned };
    this.#forget();
    this.#update();
  }

  /** Keeps this panel for its item: the next item opens in another one. */
  pin(): void {
    this.#state = { ...this.#state, pinned: true };
    this.#update();
  }

  dispose(): void {
    this.#disposables.dispose();
    this.panel.dispose();
  }

  /** Discards values that were read with another key or from another API. */
  #followSession(): void {
    const { connection } = this.#context.session;
    if (this.#connection !== undefined && this.#connection !== connection) {
      this.#forget();
    }
    this.#connection = connection;
  }

  #forget(): void {
    this.#model = undefined;
    this.#asOf = undefined;
    this.#entry = undefined;
    this.#wayOuts = new Map();
  }

  get #isSignedOut(): boolean {
    const { kind } = this.#context.session.current;
    return kind !== 'signedIn' && kind !== 'starting';
  }

  #update(): void {
    const model = this.#currentModel();
    this.#model = this.#isSignedOut ? undefined : model;
    this.#newDay.watch(model.asOf !== '' || model.notice !== undefined || model.status !== undefined);
    this.panel.title = model.title;
    this.#page.show(model, this.#isSignedOut ? undefined : this.#state);
  }

  #currentModel(): DetailsModel {
    const { groups } = this.#context;
    const { ref, pinned } = this.#state;
    if (this.#isSignedOut) {
      const title = ref.kind === 'runner' ? l10n.t('Runner') : l10n.t('Integration');
      const notice = l10n.t('Signed out. Sign in to Ona to see the details.');
      return { ...emptyModel(ref), title, notice, actions: [] };
    }
    const { state, runners } = groups;
    const entry = findItem(runners, ref);
    if (entry !== undefined) {
      this.#entry = entry;
      this.#absent.found(ref);
      this.#asOf = state.asOf;
      const notice = state.error && errorText(state.error);
      const facts = { ...this.#facts(entry), asOf: state.asOf, signIns: state.signIns };
      this.#wayOuts = wayOutsOf(entry, runners, facts);
      return { ...detailsModel(entry, runners, facts), notice };
    }
    const shown = { ...(this.#model ?? emptyModel(ref)), asOf: asOfLine(this.#asOf) };
    // Nobody can be asked about what is not there.
    const actions = shown.actions.filter(
      ({ id, place }) => (id !== 'onaScm.keepDetails' || !pinned) && place !== 'status',
    );
    const { text, isGone } = this.#absent.absence(ref, state);
    if (!isGone) {
      return { ...shown, actions, notice: text };
    }
    const notice = shown.sections.length === 0 ? text : `${text} ${l10n.t('Showing the last known values.')}`;
    const left = actions.filter(({ requiresItem }) => requiresItem !== true);
    return { ...shown, actions: left, notice, gone: true };
  }

  /** Also asks for what is not known yet. */
  #facts(entry: ItemEntry): Omit<DetailsFacts, 'asOf'> {
    const { session, groups, itemFacts, checks } = this.#context;
    const runner = findRunner(groups.runners, entry.ref.runnerId);
    if (runner !== undefined) {
      itemFacts.ask(entry, runner);
    }
    const schema = runner && itemFacts.schemaAnswer(runner);
    return {
      pinned: this.#state.pinned,
      apiUrl: session.apiUrl(),
      schema,
      checksOf: (own) => checks.checksOf(own),
      subject: ownerOf(session.account),
    };
  }

  async #receive(message: DetailsMessage): Promise<void> {
    switch (message.type) {
      case 'copy':
        await this.#copy(message.key);
        break;
      case 'wayOut':
        await this.#takeWayOut(message.key);
        break;
      case 'open':
        this.#context.open(message.ref);
        break;
      case 'action':
        await this.#act(message.id);
        break;
    }
  }

  /** Copies the panel's own value: the page only names the row. */
  async #copy(key: string): Promise<void> {
    for (const section of this.#model?.sections ?? []) {
      const row = allRows(section).find((candidate) => candidate.key === key);
      if (row?.copyLabel !== undefined) {
        const { text, note } = copiedText(row);
        await env.clipboard.writeText(text);
        this.#page.confirmCopy(key, note);
        if (note !== undefined) {
          void this.#offerJson(note, section.key);
        }
        return;
      }
    }
  }

  /** Opens or runs what helps: the page of the panel only names the reason or the row. */
  async #takeWayOut(key: string): Promise<void> {
    const wayOut = this.#wayOuts.get(key);
    if (wayOut === undefined) {
      return;
    }
    if ('url' in wayOut) {
      await openInBrowser(wayOut.url);
    } else {
      await this.#run({ id: wayOut.command, label: wayOut.label });
    }
  }

  /** Offers to copy all of the item that a section is about, because the clipboard does not have an exact value. */
  async #offerJson(note: string, section: string): Promise<void> {
    const entry = this.#entry;
    const { runners } = this.#context.groups;
    const runner = section === 'runner' && entry ? findRunner(runners, entry.ref.runnerId) : undefined;
    const asJson = l10n.t('Copy as JSON');
    if ((await window.showWarningMessage(note, asJson)) === asJson) {
      await this.#context.run('onaScm.copyJson', runner ?? entry);
    }
  }

  /** Runs an action if it is offered, as if it were chosen on the row in the tree. */
  async #act(id: string): Promise<void> {
    const action = this.#model?.actions.find((candidate) => candidate.id === id);
    if (action?.id === 'onaScm.keepDetails') {
      this.pin();
    } else if (action !== undefined && action.running === undefined) {
      await this.#run(action);
    }
  }

  async #run({ id, label, copies }: Pick<DetailsAction, 'id' | 'label' | 'copies'>): Promise<void> {
    let result: unknown;
    try {
      result = await this.#context.run(id, this.#entry);
    } catch (error) {
      const reason = reasonText(error);
      void window.showErrorMessage(l10n.t('"{0}" failed: {1}', label, reason));
      return;
    }
    if (result !== false && copies === true) {
      this.#page.confirmCopy(id, typeof result === 'string' ? result : undefined);
    }
  }
}
