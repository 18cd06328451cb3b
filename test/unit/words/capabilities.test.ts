import assert from 'node:assert/strict';
import { capabilityText } from '../../../src/words/capabilities.ts';

describe('a capability of a runner', () => {
  it('is said in words, also one that the extension does not know', () => {
    assert.equal(
      capabilityText('RUNNER_CAPABILITY_CHECK_REPOSITORY_ACCESS'),
      'checking access to repositories',
    );
    assert.equal(capabilityText('RUNNER_CAPABILITY_REDIS_STREAM'), 'redis stream');
    assert.equal(capabilityText('77'), '77');
  });
});
