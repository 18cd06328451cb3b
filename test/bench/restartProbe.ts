import { extension } from '../integration/extension.ts';
import { answerBench } from './answerBench.ts';

/** A start of the extension with cached rows. Milliseconds since its activation began. */
export interface Restart {
  readonly activated: number;
  /** The cached rows are shown. */
  readonly restored: number;
  /** A load started at once has ended; its rows are shown. */
  readonly loaded: number;
  readonly integrations: number;
}

export function run(): Promise<void> {
  return answerBench(async (): Promise<Restart> => {
    const startedAt = performance.now();
    const api = await extension().activate();
    const activated = performance.now() - startedAt;
    let restored: number | undefined;
    const listener = api.onDidChange(({ state, asOf }) => {
      if (state === 'loading' && asOf !== undefined) {
        restored ??= performance.now() - startedAt;
      }
    });
    const { state, integrations } = await api.refresh();
    const loaded = performance.now() - startedAt;
    listener.dispose();
    if (restored === undefined || state !== 'ready') {
      throw new Error(
        `There were ${restored === undefined ? 'no' : ''} data of the last time; then: ${state}`,
      );
    }
    return { activated, restored, loaded, integrations: integrations.length };
  });
}
