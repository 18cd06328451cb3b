import type { LeftOut } from '../../api/leftOut.ts';
import type { CallOptions } from '../../api/transport/connect.ts';
import { OnaApiError } from '../../api/transport/errors.ts';
import type { Page } from '../../api/transport/paging.ts';
import { RetryTracker } from './retryTracker.ts';

export interface PageReaderOptions {
  /** Cancels all reading. */
  readonly signal: AbortSignal;
  /** Resolves when pages can be added. */
  readonly whenReady: () => Promise<void>;
  /** Called when something was added, or an attempt has failed. */
  readonly onChange: () => void;
}

/** How the pages of a list are read. */
export interface ListRead<T> {
  readonly list: (options: CallOptions) => AsyncIterable<Page<T>>;
  /** @param request the number of the request that the page answers */
  readonly onPage: (page: Page<T>, request: number) => void;
  readonly onLeftOut: (leftOut: readonly LeftOut[], request: number) => void;
  /** Called after `onPage`, as soon as the next page has been requested or the list has ended. */
  readonly onNextSent?: ((page: Page<T>) => void) | undefined;
  /** Awaited before another page is requested. */
  readonly beforeNext?: (() => Promise<void>) | undefined;
  /** Whether the answer no longer matters. The rest is then not read. */
  readonly isOver?: (() => boolean) | undefined;
}

/** Reads the lists of a load, and numbers the requests in the order in which they are sent. */
export class PageReader {
  readonly #options: PageReaderOptions;
  readonly retries: RetryTracker;
  /** Resolves when the first requests of two lists have been sent. */
  readonly bothSent: Promise<void>;
  #resolveBothSent: () => void = () => undefined;
  #lists = 0;
  #requests = 0;
  /** The pending call of `onChange`. */
  #notification: NodeJS.Immediate | undefined;
  /** What `onChange` has thrown. */
  #bug: { readonly error: unknown } | undefined;

  constructor(options: PageReaderOptions) {
    this.#options = options;
    this.retries = new RetryTracker(options.signal, options.onChange);
    this.bothSent = new Promise((resolve) => {
      this.#resolveBothSent = resolve;
    });
  }

  /**
   * Reads a list to its end.
   *
   * @returns the failure, if there is one
   * @throws only errors that are bugs in the extension
   */
  async read<T>({
    list,
    onPage,
    onLeftOut,
    onNextSent,
    beforeNext,
    isOver,
  }: ListRead<T>): Promise<OnaApiError | undefined> {
    let added: Page<T> | undefined;
    const follow = () => {
      if (added !== undefined) {
        onNextSent?.(added);
      }
      added = undefined;
    };
    try {
      await this.retries.watch(async (options) => {
        let request = 0;
        const onSend = () => {
          if (request === 0 && ++this.#lists === 2) {
            this.#resolveBothSent();
          }
          request = ++this.#requests;
          follow();
        };
        for await (const page of list({ ...options, onSend })) {
          await this.#options.whenReady();
          if (isOver?.() === true) {
            break;
          }
          onPage(page, request);
          added = page;
          onLeftOut(page.leftOut, request);
          this.#notifyLater();
          if (page.nextToken !== undefined) {
            await beforeNext?.();
          }
        }
      });
      follow();
      this.#notifyNow();
      return undefined;
    } catch (error) {
      await this.#options.whenReady();
      follow();
      this.#notifyNow();
      if (error instanceof OnaApiError) {
        return error;
      }
      throw error;
    }
  }

  /** Calls `onChange` in a later turn of the event loop, because the next page should be requested first. */
  #notifyLater(): void {
    this.#notification ??= setImmediate(() => {
      try {
        this.#notifyNow();
      } catch (error) {
        this.#bug = { error };
      }
    });
  }

  /** @throws whatever `onChange` has thrown, now or before */
  #notifyNow(): void {
    if (this.#notification !== undefined) {
      clearImmediate(this.#notification);
      this.#notification = undefined;
      this.#options.onChange();
    }
    if (this.#bug !== undefined) {
      throw this.#bug.error;
    }
  }
}
