import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { OnaApiError } from '../../../src/api/transport/errors.ts';
import type { Retry } from '../../../src/api/transport/retry.ts';
import { errorText, retryingText } from '../../../src/words/errors.ts';
import { loadErrorTexts } from '../../../src/words/errorTexts.ts';
import { problemActions } from '../../../src/platform/problemActions.ts';
import { viewMessage } from '../../../src/views/tree/viewMessage.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf } from '../api/testClient.ts';
import { faultMatrix } from '../faultMatrix.ts';
import { apiError } from '../inventory/load/memoryClient.ts';

interface Manifest {
  readonly contributes: { readonly viewsWelcome: readonly { contents: string; when: string }[] };
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;

/** The welcome views shown if a load has failed with this problem. */
function welcomeViews(problem: string): string[] {
  return contributes.viewsWelcome.flatMap(({ contents, when }) => {
    const clause = /^onaScm\.state == failed && onaScm\.problem (?:== (\w+)|=~ \/\^\(([\w|]+)\)\$\/)$/.exec(
      when,
    );
    const problems = (clause?.[1] ?? clause?.[2] ?? '').split('|');
    return problems.includes(problem) ? [texts[contents.replaceAll('%', '')] ?? ''] : [];
  });
}

/** Titles of the buttons: links alone on their line. */
function buttonsOf(welcome: string): string[] {
  return [...welcome.matchAll(/^\[([^\]]+)\]\(command:[^)]+\)$/gm)].map(([, title]) => title ?? '');
}

/** The message above already loaded rows. */
function staleMessage(error: OnaApiError, retry?: Retry): string | undefined {
  const since = new Date();
  since.setHours(14, 2);
  return viewMessage(
    {
      grouping: 'runner',
      filter: undefined,
      roots: [],
      integrations: { shown: 0, of: 0 },
      runners: { shown: 0, of: 0 },
    },
    {
      kind: 'stale',
      data: { runners: [], integrations: [] },
      asOf: since,
      since,
      mayBeIncomplete: false,
      error,
      isLoading: false,
      retry,
      signIns: undefined,
    },
  );
}

describe('the words for what goes wrong', () => {
  let sandbox: Sandbox;
  /** Would accept the key: its records show that the key never arrived. */
  let stranger: Sandbox;
  before(async () => {
    await loadErrorTexts();
    sandbox = await startSandbox();
    stranger = await startSandbox({ apiKey: sandbox.apiKey });
  });
  afterEach(() => {
    sandbox.faults.clear();
    assert.deepEqual(stranger.requests, []);
    assert.equal(stranger.connections, 0);
  });
  after(async () => {
    await sandbox.close();
    await stranger.close();
  });

  // Only one case depends on the origin, which is known later.
  for (const [i, { name }] of faultMatrix('http://127.0.0.1:1').entries()) {
    it(`name ${name}, and the ways out`, async () => {
      const found = faultMatrix(new URL(stranger.url).origin)[i];
      assert.ok(found);
      const { fault, says, welcome, buttons, waysOut = [], whileRetrying } = found;
      sandbox.faults.set('ListRunners', fault);
      const { client } = clientOf(sandbox);
      const retries: Retry[] = [];
      const onRetry = (retry: Retry | undefined) => {
        if (retry !== undefined) {
          retries.push(retry);
        }
      };
      const { signal } = new AbortController();
      const error = await failureOf(itemsOf(client.listRunners({ signal, onRetry })));

      assert.match(errorText(error), says);
      assert.doesNotMatch(errorText(error), /private|\]\(/, 'nothing of a query, and no link');
      const labels = problemActions(error).map(({ label }) => label);
      assert.deepEqual(labels.slice(0, waysOut.length), waysOut);
      assert.equal(labels.at(-1), 'Show Log');

      const views = welcomeViews(error.problem);
      assert.equal(views.length, 1, `one welcome view for ${error.problem}`);
      assert.ok(views[0]?.includes(welcome), views[0]);
      assert.deepEqual(buttonsOf(views[0] ?? ''), buttons);

      const retry = retries[0];
      if (whileRetrying === undefined) {
        assert.equal(retry, undefined);
        assert.match(staleMessage(error) ?? '', new RegExp(`^Stale since 14:02: .*${says.source}`));
      } else {
        assert.ok(retry);
        assert.ok(retryingText(retry).endsWith(whileRetrying), retryingText(retry));
        assert.match(staleMessage(error, retry) ?? '', /^Stale since 14:02: /);
        assert.ok(staleMessage(error, retry)?.endsWith(whileRetrying));
      }
    });
  }

  it('say how large the responses to a load were', () => {
    const error = apiError({ problem: 'answerTooLarge', code: 'resource_exhausted', limitMb: 200 });
    assert.equal(
      errorText(error),
      'The responses from api.example during one load were too large in total (over 200 MB). See the log for details.',
    );
  });

  it('say that a list brings nothing new', () => {
    const detail = 'the API sent 10 pages without anything new';
    const error = apiError({ problem: 'unexpectedAnswer', code: 'resource_exhausted', detail });
    assert.equal(
      errorText(error),
      `The response from api.example to ListSCMIntegrations could not be understood (${detail}). See the log for details.`,
    );
  });
});
