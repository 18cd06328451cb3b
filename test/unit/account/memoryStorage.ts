import type { Memento, SecretStorage } from 'vscode';

/** An in-memory version of VS Code's storage. */
export class MemoryStorage {
  readonly secrets = new Map<string, string>();
  readonly state = new Map<string, unknown>();
  /** Makes the next secret storage calls fail, as a locked keyring does. */
  failure: Error | undefined;
  /** Accepts secrets and loses them. */
  isForgetful = false;

  readonly secretStorage = {
    get: (key: string) => this.#secret(() => this.secrets.get(key)),
    store: (key: string, value: string) =>
      this.#secret(() => {
        if (!this.isForgetful) {
          this.secrets.set(key, value);
        }
      }),
    delete: (key: string) => this.#secret(() => void this.secrets.delete(key)),
  } as Pick<SecretStorage, 'get' | 'store' | 'delete'> as SecretStorage;

  readonly memento = {
    get: (key: string) => this.state.get(key),
    update: (key: string, value: unknown) => {
      const json = JSON.stringify(value) as string | undefined;
      if (json === undefined) {
        this.state.delete(key);
      } else {
        this.state.set(key, JSON.parse(json));
      }
      return Promise.resolve();
    },
  } as Pick<Memento, 'update'> as Memento;

  async #secret<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    if (this.failure !== undefined) {
      throw this.failure;
    }
    return work();
  }
}
