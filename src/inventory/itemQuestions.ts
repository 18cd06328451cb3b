import type { SessionStore } from '../account/session.ts';
import type { RunnerSchema } from '../api/runnerSchema.ts';
import type { Disposable, Event } from '../base/event.ts';
import { canAsk } from './canAsk.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from './groups.ts';
import { InheritedLookups } from './inheritedLookups.ts';
import { RunnerSchemas } from './runnerSchemas.ts';
import type { SchemaAnswer } from './schemaAnswer.ts';

export interface ItemQuestionsOptions {
  readonly session: Pick<SessionStore, 'connection' | 'onDidChange'>;
  /** Receives one line about each failure, free of secrets. */
  readonly log: (line: string) => void;
}

/** Asks the API about single items, each question once in a session. */
export class ItemQuestions implements Disposable {
  readonly #schemas: RunnerSchemas;
  readonly #inherited: InheritedLookups;
  readonly onDidChange: Event<unknown>;

  constructor(options: ItemQuestionsOptions) {
    this.#schemas = new RunnerSchemas(options);
    this.#inherited = new InheritedLookups(options);
    this.onDidChange = (listener) => {
      const listeners = [this.#schemas, this.#inherited].map(({ onDidChange }) => onDidChange(listener));
      return { dispose: () => listeners.forEach((one) => one.dispose()) };
    };
  }

  /** @param runner the one that the item is or belongs to */
  ask(entry: ItemEntry, runner: RunnerEntry): void {
    if (canAsk(runner)) {
      this.#schemas.request(runner.ref.runnerId);
    }
    if (entry.kind === 'integration') {
      this.#inherited.request(entry);
    }
  }

  isKnownInherited(entry: IntegrationEntry): boolean {
    return this.#inherited.has(entry);
  }

  schemaOf(runnerId: string): RunnerSchema | undefined {
    return this.#schemas.of(runnerId);
  }

  schemaAnswer(runner: RunnerEntry): SchemaAnswer {
    const { runnerId } = runner.ref;
    const schema = this.#schemas.of(runnerId);
    if (schema !== undefined) {
      return { kind: 'known', schema };
    }
    if (!canAsk(runner)) {
      return { kind: 'notAsked' };
    }
    return this.#schemas.isLoading(runnerId)
      ? { kind: 'loading' }
      : { kind: 'failed', error: this.#schemas.failureOf(runnerId) };
  }

  dispose(): void {
    this.#schemas.dispose();
    this.#inherited.dispose();
  }
}
