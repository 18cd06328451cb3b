import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LeftOut } from '../../src/api/leftOut.ts';
import { OnaApiError } from '../../src/api/transport/errors.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/secretMarker.ts';
import { clientOf } from '../unit/api/testClient.ts';
import type { Exchange } from './answers.ts';
import { checkLine, checkValue } from './checks.ts';
import type { FuzzServer } from './fuzzServer.ts';
import { type Json, objectOf, toText } from './json.ts';
import { mutate, mutation } from './mutation.ts';
import { count, type Runs, runProperty, type Tally } from './runProperty.ts';
import { honestText, LISTS, type ListMethod, validItems } from './wire.ts';

/** A malformed item of a list never changes the others, and what is missing is counted. */
export function itemsStandAlone(server: FuzzServer, runs: Runs): Promise<Tally> {
  const known = validItems(honestText);
  const lists = fc.oneof(
    ...(Object.keys(LISTS) as ListMethod[]).map((method) =>
      fc.record({
        method: fc.constant(method),
        others: fc.array(known[method], { minLength: 1, maxLength: 4 }),
        at: fc.nat(4),
        malformed: fc
          .tuple(known[method], fc.array(mutation, { minLength: 1, maxLength: 3 }))
          .map(([item, mutations]) => mutate(item, mutations)),
      }),
    ),
  );
  return runProperty(lists, runs, async ({ method, others, at, malformed }, tally) => {
    const all = [...others.slice(0, at), ...malformed, ...others.slice(at)];
    // Each for itself: two halves of a string would be one item.
    if (!malformed.every((item) => isJson([item])) || !isJson(all)) {
      return;
    }
    const before = await ask(server, method, others);
    const { items, leftOut, lines } = await ask(server, method, all);
    assert.equal(before.items.length, others.length);
    assert.equal(items.length + leftOut.length, all.length, 'an item is neither there nor counted');
    const rest = items.map((item) => JSON.stringify(item));
    for (const item of before.items) {
      const i = rest.indexOf(JSON.stringify(item));
      assert.ok(i >= 0, `lost ${JSON.stringify(item)}`);
      rest.splice(i, 1);
    }
    items.forEach((item) => checkValue(method, item));
    lines.forEach(checkLine);
    const told = JSON.stringify([items, leftOut, lines]);
    assert.ok(!told.includes(SECRET_MARKER) && !told.includes(SECRET_MARKER_BASE64), told);
    count(tally, leftOut.length === 0 ? undefined : LEFT_OUT);
  });
}

/** Counts the runs in which something was left out. */
const LEFT_OUT = new OnaApiError({ problem: 'unexpectedAnswer', code: 'data_loss', method: '', host: '' });

function bodyOf(method: ListMethod, items: readonly Json[]): string {
  return toText(objectOf({ [LISTS[method]]: items }), 'plain');
}

/** Whether the client can parse it: to redact secrets it visits each value, which ends at some depth. */
function isJson(items: readonly Json[]): boolean {
  try {
    JSON.parse(bodyOf('ListRunners', items), (_, value: unknown) => value);
    return true;
  } catch {
    return false;
  }
}

async function ask(server: FuzzServer, method: ListMethod, sent: readonly Json[]) {
  const exchange: Exchange = {
    answers: [
      {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: Buffer.from(bodyOf(method, sent)),
        framing: 'length',
      },
    ],
    thenRepeats: false,
  };
  server.prepare({ [method]: exchange });
  const { client, lines } = clientOf({ url: server.url, apiKey: 'fuzz-api-key-0123456789' });
  const { signal } = new AbortController();
  const lists = {
    ListRunners: () => client.listRunners({ signal }),
    ListSCMIntegrations: () => client.listScmIntegrations({ signal }),
    ListHostAuthenticationTokens: () => client.listHostAuthenticationTokens('x', { signal }),
  };
  const items: object[] = [];
  const leftOut: LeftOut[] = [];
  for await (const page of lists[method]()) {
    items.push(...page.items);
    leftOut.push(...page.leftOut);
  }
  return { items, leftOut, lines };
}
