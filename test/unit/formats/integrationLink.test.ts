import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { integrationLinkPath, parseIntegrationLink } from '../../../src/formats/integrationLink.ts';

/** Path and query as VS Code decodes them. */
function decoded(link: string): [path: string, query: string] {
  const [path = '', query = ''] = link.split('?');
  return [decodeURIComponent(path), decodeURIComponent(query)];
}

/** A link as earlier versions made it. */
function oldLinkPath({ id, runnerId }: { id: string; runnerId: string }): string {
  return `/integration/${encodeURIComponent(id)}?runner=${encodeURIComponent(runnerId)}`;
}

const anyId = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({
    unit: fc.constantFrom('&', '=', '+', '%', '/', '?', '#', '2', '5', 'F', 'ü', ' '),
    minLength: 1,
  }),
);

describe('a link to an integration', () => {
  it('names the integration and its runner', () => {
    const [id, runnerId] = [randomUUID(), randomUUID()];
    const link = integrationLinkPath({ id, runnerId });
    assert.equal(link, `/integration/${id}?runner=${runnerId}`);
    assert.deepEqual(parseIntegrationLink(...decoded(link)), { id, runnerId });
  });

  it('leads back to its integration, whatever the IDs are, and however it was passed on', () => {
    const parameter = fc.tuple(
      fc.constantFrom('utm_source', 'windowId', 'x-runner', 'runnerId', ''),
      fc.constantFrom('', '=', '=slack', '=a%26b'),
    );
    fc.assert(
      fc.property(
        anyId,
        anyId,
        fc.array(parameter),
        fc.array(parameter),
        fc.constantFrom('', '/', '//'),
        (id, runnerId, before, after, slashes) => {
          const link = integrationLinkPath({ id, runnerId });
          assert.match(link, /^[\w/?=%.-]+$/);
          const [path, query] = decoded(link);
          const join = (parameters: typeof before) => parameters.map((parts) => parts.join(''));
          assert.deepEqual(
            parseIntegrationLink(`${path}${slashes}`, [...join(before), query, ...join(after)].join('&')),
            { id, runnerId },
          );
        },
      ),
    );
  });

  it('does not fail for an ID that is not a valid string', () => {
    const [path, query] = decoded(integrationLinkPath({ id: 'a\ud800', runnerId: 'r' }));
    assert.deepEqual(parseIntegrationLink(path, query), { id: 'a\ufffd', runnerId: 'r' });
  });

  for (const [id, runnerId] of [
    [randomUUID(), randomUUID()],
    ['static-scm-1', 'managed-runner-1'],
    ['a.b_c~d', 'x/y'],
    ['100%', '50% off'],
  ] as const) {
    it(`of an earlier version still leads to ${id} on ${runnerId}`, () =>
      assert.deepEqual(parseIntegrationLink(...decoded(oldLinkPath({ id, runnerId }))), { id, runnerId }));
  }

  for (const query of [
    'runner=R&utm_source=slack',
    'utm_source=slack&runner=R',
    'runner=R&windowId=12',
    'runner=R&',
    '&&runner=R',
    'runner=&runner=R',
    'runner&runner=R',
    'runner=R&runner=S',
    'x=runner=S&runner=R',
    // Copied from the source of a web page.
    'utm_source=wiki&amp;runner=R&amp;x=1',
  ]) {
    it(`with ?${query} leads to the runner R`, () =>
      assert.deepEqual(parseIntegrationLink('/integration/I/', query), { id: 'I', runnerId: 'R' }));
  }

  for (const [path, query] of [
    ['/', 'runner=r'],
    ['/integration/', 'runner=r'],
    ['/integration//', 'runner=r'],
    ['/integration', 'runner=r'],
    ['/runner/r', ''],
    ['/integration/i', ''],
    ['/integration/i', 'runner='],
    ['/integration/i', 'id=r'],
  ] as const) {
    it(`is not ${path}?${query}`, () => assert.equal(parseIntegrationLink(path, query), undefined));
  }
});
