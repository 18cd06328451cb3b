import type { Memento, SecretStorage } from 'vscode';

/** An in-memory version of VS Code's storage: the secrets of an editor, and the state of one of its profiles. */
export class MemoryStorage {
  readonly secrets: Map<string, string>;
  readonly state: Map<string, unknown>;

  constructor(secrets = new Map<string, string>(), state = new Map<string, unknown>()) {
    this.secrets = secrets;
    this.state = state;
  }

  /** Another profile of the same editor: it has the same secrets, but a state of its own. */
  otherProfile(): MemoryStorage {
    return new MemoryStorage(this.secrets);
  }

  /** Another tab of the same browser: it has the same state, but a copy of the secrets from when it was loaded. */
  otherTab(): MemoryStorage {
    return new MemoryStorage(new Map(this.secrets), this.state);
  }

  /** Makes the next secret storage calls fail, as a locked keyring does. */
  failure: Error | undefined;
  /** Makes only the reading of secrets fail. */
  failGet: Error | undefined;
  /** Accepts secrets and loses them. */
  isForgetful = false;

  #hanging = Promise.resolve();
  #answer: () => void = () => undefined;

  /** Keeps secret storage calls pending until `answer`, as a keyring does that waits for its password. */
  hang(): void {
    this.#hanging = new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  /** Answers the pending calls, in the order in which they were made. */
  answer(): void {
    this.#answer();
    this.#hanging = Promise.resolve();
  }

  readonly secretStorage = {
    get: (key: string) =>
      this.#secret(() => {
        if (this.failGet !== undefined) {
          throw this.failGet;
        }
        return this.secrets.get(key);
      }),
    store: (key: string, value: string) =>
      this.#secret(() => {
        if (!this.isForgetful) {
          this.secrets.set(key, value);
        }
      }),
    delete: (key: string) => this.#secret(() => void this.secrets.delete(key)),
    keys: () => this.#secret(() => [...this.secrets.keys()]),
  } as Pick<SecretStorage, 'get' | 'store' | 'delete' | 'keys'> as SecretStorage;

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
    await this.#hanging;
    if (this.failure !== undefined) {
      throw this.failure;
    }
    return work();
  }
}
