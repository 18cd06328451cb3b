import { type LogOutputChannel, window } from 'vscode';
import { redactKeyShapes } from '../base/redact.ts';

/** The extension's log. Everything that looks like a secret is redacted. */
export class Log {
  readonly #channel: LogOutputChannel = window.createOutputChannel('Ona SCM', { log: true });

  info(message: string): void {
    this.#channel.info(redactKeyShapes(message));
  }

  warn(message: string): void {
    this.#channel.warn(redactKeyShapes(message));
  }

  error(error: Error): void {
    this.#channel.error(redactKeyShapes(error.stack ?? error.message));
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
