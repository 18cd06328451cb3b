import assert from 'node:assert/strict';
import { plantCredentials } from '../../sandbox/plantCredentials.ts';
import { sampleOrganization } from '../../sandbox/sampleOrganization.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../../sandbox/secretMarker.ts';

describe('the secrets of the sample organization', () => {
  it('are planted in both lists, so that a test can look for them where none belongs', () => {
    const { runners, integrations } = sampleOrganization();
    assert.ok(JSON.stringify(runners).includes(SECRET_MARKER));
    assert.ok(JSON.stringify(integrations).includes(SECRET_MARKER_BASE64));
  });

  it('can be joined by credentials in every text that may be a URL', () => {
    const organization = sampleOrganization();
    plantCredentials(organization);
    const { runners, integrations, tokens, schemas } = organization;
    assert.equal(JSON.stringify(runners).split(`jane:${SECRET_MARKER}@`).length - 1, 5);
    assert.equal(JSON.stringify(integrations).split(SECRET_MARKER).length - 1, 5);
    assert.equal(JSON.stringify(tokens).split(`jane:${SECRET_MARKER}@`).length - 1, 2);
    // Of five providers: each has hosts, four have a callback URL, four a description and a link.
    assert.equal(JSON.stringify(schemas).split(`jane:${SECRET_MARKER}@`).length - 1, 5 + 4 + 2 * 4);
  });
});
