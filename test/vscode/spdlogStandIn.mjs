/**
 * Stands in for the native module `@vscode/spdlog`, which an install without scripts does not build: without it no log
 * file is ever written, and a test that searches the logs for secrets could not fail. Copied into the host.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
export const version = 0;

class Logger {
  #file;
  #level = 2;
  #formatted = true;

  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }
  #write(level, message) {
    if (level < this.#level) {
      return;
    }
    // Written at once, so that a line is on disk when the test that waits for it looks.
    appendFileSync(this.#file, this.#formatted ? `${now()} [${levels[level]}] ${message}\n` : message);
  }
  trace = (message) => this.#write(0, message);
  debug = (message) => this.#write(1, message);
  info = (message) => this.#write(2, message);
  warn = (message) => this.#write(3, message);
  error = (message) => this.#write(4, message);
  critical = (message) => this.#write(5, message);
  getLevel = () => this.#level;
  setLevel = (level) => (this.#level = level);
  setPattern = () => (this.#formatted = true);
  clearFormatters = () => (this.#formatted = false);
  flush = () => undefined;
  drop = () => undefined;
}

const two = (number, digits = 2) => String(number).padStart(digits, '0');

function now() {
  const d = new Date();
  const day = `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  const time = `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
  return `${day} ${time}.${two(d.getMilliseconds(), 3)}`;
}

export { Logger };
export const createRotatingLogger = async (_name, file) => new Logger(file);
export const createAsyncRotatingLogger = createRotatingLogger;
export const setLevel = () => undefined;
export const setFlushOn = () => undefined;
export const shutdown = () => undefined;
