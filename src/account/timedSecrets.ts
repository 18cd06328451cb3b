import * as l10n from '@vscode/l10n';
import type { SecretStorage } from 'vscode';

/** What this extension uses of VS Code's secret storage. */
export type Secrets = Pick<SecretStorage, 'get' | 'store' | 'delete' | 'keys'>;

/** The secret storage has not answered in time, for example because the keyring waits for its password. */
class SecretStorageTimeoutError extends Error {
  override readonly name = 'SecretStorageTimeoutError';
}

/** Whether a call of the secret storage was given up. It may still take effect later. */
export function isSecretStorageTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'SecretStorageTimeoutError';
}

/** How long to wait for VS Code, which sets no limit itself. */
const LIMIT_MS = 5000;

/**
 * Gives a secret storage a time limit: while the system asks for the password of a keyring, calls are pending. While one of
 * them is overdue, the others wait only briefly. A call that was given up may still take effect later. Its methods throw
 * SecretStorageTimeoutError, or what the secret storage throws.
 *
 * @param answered called when all overdue calls have ended: what they were needed for may work now
 */
export function timedSecrets(secrets: Secrets, answered: () => void, limitMs = LIMIT_MS) {
  /** Calls that have exceeded the limit and still run. */
  let overdue = 0;
  /** Whether `answered` was called since a call was last in time: a storage that is always slow must not cause a loop. */
  let hasReported = false;
  const inTime =
    <In extends unknown[], Out>(call: (...args: In) => Thenable<Out>) =>
    (...args: In) =>
      new Promise<Out>((resolve, reject) => {
        let isOverdue = false;
        const giveUp = () => {
          isOverdue = true;
          overdue++;
          reject(new SecretStorageTimeoutError(l10n.t('no answer in {0} s', Math.ceil(limitMs / 1000))));
        };
        const timer = setTimeout(giveUp, overdue > 0 ? limitMs / 20 : limitMs);
        const ended = () => {
          clearTimeout(timer);
          if (!isOverdue) {
            hasReported = false;
          } else if (--overdue === 0 && !hasReported) {
            hasReported = true;
            answered();
          }
        };
        void Promise.resolve()
          .then(() => call(...args))
          .then(resolve, reject)
          .finally(ended);
      });
  return {
    get: inTime((name: string) => secrets.get(name)),
    store: inTime((name: string, value: string) => secrets.store(name, value)),
    delete: inTime((name: string) => secrets.delete(name)),
    keys: inTime(() => secrets.keys()),
  } satisfies Secrets;
}
