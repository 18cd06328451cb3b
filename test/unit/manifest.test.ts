import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { SIGNED_OUT } from '../../src/inventory/model.ts';
import type { CommandContextKeys } from '../../src/names.ts';
import { PROBLEMS } from '../../src/api/transport/errors.ts';
import { contextKeysOf } from '../../src/views/tree/viewContext.ts';

const text = readFileSync('package.json', 'utf8');
const { contributes } = JSON.parse(text) as {
  contributes: { viewsWelcome: readonly { contents: string; when: string }[] };
};

describe('the manifest', () => {
  it('has one welcome view for each problem, and none for another', () => {
    const clauses = contributes.viewsWelcome.flatMap(({ when }) => {
      const [, one, several] = /onaScm\.problem (?:== (\w+)|=~ \/\^\(([\w|]+)\)\$\/)$/.exec(when) ?? [];
      assert.equal(when.includes('onaScm.problem'), (one ?? several) !== undefined, `${when} is understood`);
      return (one ?? several ?? '').split('|').filter((name) => name !== '');
    });
    assert.deepEqual(clauses.sort(), PROBLEMS.toSorted());
  });

  it('reads every context key that is set, and no other', () => {
    const clauses = [...text.matchAll(/"(?:when|enablement)": "(.*)"/g)].map(([, clause = '']) => clause);
    const events = [...text.matchAll(/"onContext:(.*)"/g)].map(([, event = '']) => event);
    const read = [...clauses, ...events].flatMap(
      (clause) => clause.match(/(?<!== |[\w.])onaScm\.\w+/g) ?? [],
    );
    const ofCommands: CommandContextKeys = { 'onaScm.checking': false };
    const set = Object.keys({
      ...ofCommands,
      ...contextKeysOf({
        session: { kind: 'starting' },
        state: SIGNED_OUT,
        layout: { grouping: 'runner', filter: undefined },
        isLoading: false,
      }),
    });
    assert.deepEqual([...new Set(read)].sort(), set.sort());
  });
});
