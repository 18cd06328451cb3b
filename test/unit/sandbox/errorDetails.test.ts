import assert from 'node:assert/strict';
import { fromBinary, toJson } from '@bufbuild/protobuf';
import { actionableError, retryInfo } from '../../sandbox/errorDetails.ts';
import { ActionableErrorDetailsSchema } from '../../sandbox/gen/gitpod/v1/actionable_error_pb.js';

describe('error details', () => {
  for (const [ms, value] of [
    [2000, 'CgIIAg=='],
    [1500, 'CggIARCAyrXuAQ=='],
    [0, 'CgA='],
  ] as const) {
    it(`say to ask again in ${ms} ms`, () => {
      assert.deepEqual(retryInfo(ms), { type: 'google.rpc.RetryInfo', value });
    });
  }

  it('say what a person can do', () => {
    const details = {
      errorCode: 'quota',
      userMessage: 'Too many environments.',
      metadata: { limit: '10' },
      actions: [
        { actionId: 'stop', label: 'Stop one', dashboardPath: '/environments' },
        { actionId: 'buy', label: 'Buy more', externalUrl: 'https://shop.example' },
      ],
    };
    const { type, value } = actionableError(details);
    assert.equal(type, 'gitpod.v1.ActionableErrorDetails');
    const message = fromBinary(ActionableErrorDetailsSchema, Buffer.from(value, 'base64'));
    assert.deepEqual(toJson(ActionableErrorDetailsSchema, message), details);
  });
});
