import assert from 'node:assert/strict';
import { answersDecodeOrFail, secretsStayIn } from '../fuzz/answerProperties.ts';
import { type FuzzServer, startFuzzServer } from '../fuzz/fuzzServer.ts';
import { itemsStandAlone } from '../fuzz/itemProperty.ts';
import { inventoriesLoad } from '../fuzz/loadProperty.ts';
import type { Property } from '../fuzz/runProperty.ts';
import { streamsEnd } from '../fuzz/streamProperty.ts';

/** Time limit for shrinking a failure, in milliseconds. */
const TIME_TO_SHRINK = 60_000;

describe('whatever the API answers', () => {
  let server: FuzzServer;

  before(async () => {
    server = await startFuzzServer();
  });

  after(() => server.close());

  const properties: [string, Property, number][] = [
    ['a call ends in a decoded value or an OnaApiError', answersDecodeOrFail, 600],
    ['neither the key nor a secret is seen', secretsStayIn, 300],
    ['a stream ends, and neither the key nor a secret is seen', streamsEnd, 300],
    ['a load ends, and the tree shows all that came', inventoriesLoad, 60],
  ];
  it('a malformed item hides no other, and is counted', async () => {
    const { values, problems } = await itemsStandAlone(server, { numRuns: 300 });
    assert.ok(values > 0 && (problems.get('unexpectedAnswer') ?? 0) > 0, 'some are left out, others not');
  }).timeout(TIME_TO_SHRINK);

  for (const [title, property, numRuns] of properties) {
    it(title, async () => {
      const { values, problems } = await property(server, { numRuns });
      assert.ok(values > 0, 'nothing was decoded');
      assert.ok(problems.size > 2, `only these problems: ${[...problems.keys()].join()}`);
    }).timeout(TIME_TO_SHRINK);
  }
});
