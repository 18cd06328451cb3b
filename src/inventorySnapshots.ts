import { Disposable, EventEmitter } from 'vscode';
import type { SessionStore } from './account/session.ts';
import type { InventorySnapshot, SnapshotSource } from './exportedApi.ts';
import { ExportedItems } from './exportedItems.ts';
import type { GroupedInventory } from './inventory/groupedInventory.ts';
import type { Inventory } from './inventory/inventory.ts';
import { addressProblemText } from './words/addressProblemText.ts';
import { errorTexts } from './words/errorTexts.ts';

/** The session, the inventory and its statuses as other extensions see them. */
export class InventorySnapshots implements SnapshotSource, Disposable {
  readonly #session: SessionStore;
  readonly #inventory: Inventory;
  readonly #groups: GroupedInventory;
  readonly #items = new ExportedItems();
  readonly #changed = new EventEmitter<InventorySnapshot>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: Disposable;

  constructor(session: SessionStore, inventory: Inventory, groups: GroupedInventory) {
    this.#session = session;
    this.#inventory = inventory;
    this.#groups = groups;
    const fire = () => this.#changed.fire(this.current());
    let sessionKind = session.current.kind;
    this.#disposables = Disposable.from(
      this.#changed,
      groups.onDidChange(() => this.#items.hasChanged(groups) && fire()),
      session.onDidChange(({ kind }) => {
        // A bad address does not change the inventory, but it does change the snapshot.
        if (kind === 'badAddress' || sessionKind === 'badAddress') {
          fire();
        }
        sessionKind = kind;
      }),
    );
  }

  current(): InventorySnapshot {
    const { current: session } = this.#session;
    const { state, runners } = this.#groups;
    const { kind, data, asOf, error } = state;
    const { leftOut } = data;
    const isBadAddress = session.kind === 'badAddress';
    let made: ReturnType<ExportedItems['of']> | undefined;
    const items = () => (made ??= this.#items.of(data, runners));
    return Object.freeze({
      ...(isBadAddress
        ? {
            state: 'failed',
            error: Object.freeze({ code: 'invalid_argument', message: addressProblemText(session.problem) }),
          }
        : {
            state: kind,
            // A copy, because a Date can be changed by anyone who has it.
            ...(asOf && { asOf: new Date(asOf) }),
            ...(error && {
              error: Object.freeze({ code: error.code, message: errorTexts().errorText(error) }),
            }),
            ...(leftOut && {
              leftOut: Object.freeze({
                runners: leftOut.runners.length,
                integrations: leftOut.integrations.length,
              }),
            }),
          }),
      // Made when they are read: usually nobody does.
      get runners() {
        return items().runners;
      },
      get integrations() {
        return items().integrations;
      },
    });
  }

  async refresh(): Promise<InventorySnapshot> {
    await this.#inventory.refresh();
    await this.#groups.whenGrouped();
    return this.current();
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
