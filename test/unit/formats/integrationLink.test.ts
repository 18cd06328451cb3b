import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { integrationLinkPath, parseIntegrationLink } from '../../../src/formats/integrationLink.ts';

/** Path and query as VS Code decodes them. */
function decoded(link: string): [path: string, query: string] {
  const [path = '', query = ''] = link.split('?');
  return [decodeURIComponent(path), decodeURIComponent(query)];
}

describe('a link to an integration', () => {
  it('names the integration and its runner', () => {
    const [id, runnerId] = [randomUUID(), randomUUID()];
    const link = integrationLinkPath({ id, runnerId });
    assert.equal(link, `/integration/${id}?runner=${runnerId}`);
    assert.deepEqual(parseIntegrationLink(...decoded(link)), { id, runnerId });
  });

  it('leads back to what it was made of, whatever the ids are', () => {
    const anyId = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(anyId, anyId, (id, runnerId) => {
        const link = integrationLinkPath({ id, runnerId });
        assert.match(link, /^[\w/?=%.!~*'()-]+$/);
        assert.deepEqual(parseIntegrationLink(...decoded(link)), { id, runnerId });
      }),
    );
  });

  it("does not take the editor's own parameter for part of the id", () => {
    assert.deepEqual(parseIntegrationLink('/integration/i', 'runner=r&windowId=12'), {
      id: 'i',
      runnerId: 'r',
    });
  });

  for (const [path, query] of [
    ['/', 'runner=r'],
    ['/integration/', 'runner=r'],
    ['/integration', 'runner=r'],
    ['/runner/r', ''],
    ['/integration/i', ''],
    ['/integration/i', 'id=r'],
  ] as const) {
    it(`is not ${path}?${query}`, () => assert.equal(parseIntegrationLink(path, query), undefined));
  }
});
