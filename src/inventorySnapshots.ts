import { Disposable, EventEmitter } from 'vscode';
import type { SessionStore } from './account/session.ts';
import type { InventorySnapshot, SnapshotSource } from './exportedApi.ts';
import type { Inventory } from './inventory/inventory.ts';
import { addressProblemText, errorText } from './words/errors.ts';

/** The session and the inventory as other extensions see them. */
export class InventorySnapshots implements SnapshotSource, Disposable {
  readonly #session: SessionStore;
  readonly #inventory: Inventory;
  readonly #changed = new EventEmitter<InventorySnapshot>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: Disposable;

  constructor(session: SessionStore, inventory: Inventory) {
    this.#session = session;
    this.#inventory = inventory;
    const fire = () => this.#changed.fire(this.current());
    let sessionKind = session.current.kind;
    this.#disposables = Disposable.from(
      this.#changed,
      inventory.onDidChange(fire),
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
    const session = this.#session.current;
    const { kind, data, ...state } = this.#inventory.state;
    const { runners, integrations, leftOut } = data;
    if (session.kind === 'badAddress') {
      const error = { code: 'invalid_argument', message: addressProblemText(session.problem) };
      return Object.freeze({ state: 'failed', error, runners, integrations });
    }
    // A copy, because a Date can be changed by anyone who has it.
    const asOf = state.asOf && new Date(state.asOf);
    const error = state.error && { code: state.error.code, message: errorText(state.error) };
    return Object.freeze({
      state: kind,
      ...(asOf && { asOf }),
      ...(error && { error }),
      runners,
      integrations,
      ...(leftOut && {
        leftOut: Object.freeze({
          runners: leftOut.runners.length,
          integrations: leftOut.integrations.length,
        }),
      }),
    });
  }

  async refresh(): Promise<InventorySnapshot> {
    await this.#inventory.refresh();
    return this.current();
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
