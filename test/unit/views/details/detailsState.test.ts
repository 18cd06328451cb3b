import assert from 'node:assert/strict';
import { decodeDetailsState } from '../../../../src/views/details/detailsState.ts';

const runner = { kind: 'runner', runnerId: 'r-1' };
const integration = {
  kind: 'integration',
  runnerId: 'r-1',
  id: 'i-1',
  scmId: 'github',
  host: 'github.com',
};

describe('the stored state of a details panel', () => {
  it('says what the panel is about, and whether it is pinned', () => {
    for (const ref of [runner, integration]) {
      for (const pinned of [false, true]) {
        const stored = { ref, pinned, scrollY: 120, advancedOpen: true };
        assert.deepEqual(decodeDetailsState(stored), { ref, pinned });
      }
    }
  });

  it('of the version that had other names is read too', () => {
    const stored = { ref: integration, kept: true, scrollY: 120, moreOpen: true };
    assert.deepEqual(decodeDetailsState(stored), { ref: integration, pinned: true });
  });

  it('has no credentials, so that the item is found again', () => {
    const ref = { ...integration, host: 'user:s3cr3t@git.example' };
    assert.deepEqual(decodeDetailsState({ ref }), {
      ref: { ...ref, host: '[redacted]@git.example' },
      pinned: false,
    });
  });

  it('that is nothing of ours is nothing', () => {
    const { host, ...incomplete } = integration;
    for (const stored of [
      undefined,
      null,
      'github.com',
      [],
      {},
      { target: null },
      { target: runner },
      { ref: null, pinned: true },
      { ref: { ...runner, runnerId: ['r-1'] } },
      { ref: [runner] },
      { ref: host },
      { ref: incomplete },
      { ref: { ...integration, host: 1 } },
      { ref: { ...runner, kind: 'cluster' } },
    ]) {
      assert.equal(decodeDetailsState(stored), undefined, JSON.stringify(stored));
    }
  });
});
