import assert from 'node:assert/strict';
import type { ResourceEvent } from '../../../../src/api/events.ts';
import { changedPartOf } from '../../../../src/inventory/live/changedPart.ts';
import { BASE, eu } from '../comparedLoads.ts';

describe('the event of a status', () => {
  const statusOf = (resourceId: string): ResourceEvent => ({
    operation: 'RESOURCE_OPERATION_UPDATE_STATUS',
    resourceType: 'RESOURCE_TYPE_RUNNER',
    resourceId,
  });

  it('is about a runner alone if it is known, and about its integrations too if it is not', () => {
    assert.deepEqual(changedPartOf(statusOf(eu.id), BASE), { kind: 'runner', id: eu.id, isStatus: true });
    assert.deepEqual(changedPartOf(statusOf('new'), BASE), { kind: 'runner', id: 'new', isStatus: false });
  });
});
