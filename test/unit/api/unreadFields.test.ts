import assert from 'node:assert/strict';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { BARE_RUNNER } from '../inventory/fixtures.ts';
import { integrationsIn, jsonAt, PLANTED, runnersIn, WRONG_FLAG, WRONG_TEXT } from './malformedItems.ts';
import { clientOf, quiet } from './testClient.ts';

describe('an item with a field of the wrong type', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const optional: [string, string, readonly string[], string][] = [
    ['virtualDirectory', WRONG_TEXT, ['virtualDirectory'], 'virtualDirectory is not string'],
    ['oauth.clientId', WRONG_TEXT, ['oauth'], 'oauth.clientId is not string'],
    ['oauth.issuerUrl', '42', ['oauth'], 'oauth.issuerUrl is not string'],
  ];
  for (const [path, wrong, unread, fault] of optional) {
    it(`is read without ${path} if that is ${wrong}`, async () => {
      const { items, leftOut, lines } = await integrationsIn(sandbox, '{}', jsonAt(path, wrong));
      const [, item] = items;
      assert.deepEqual(item, {
        id: '',
        runnerId: '',
        scmId: '',
        host: '',
        pat: false,
        ...(path.startsWith('oauth') && { oauth: { clientSecretSet: false, unread: [path.split('.')[1]] } }),
        unread,
      });
      assert.ok(Object.isFrozen(item) && Object.isFrozen(item.unread));
      assert.deepEqual(leftOut, []);
      assert.deepEqual(lines, [`ListSCMIntegrations: read 1 without a field: ${fault}`]);
    });
  }

  const enumFault = 'is not (string | number)';
  const ofRunner: [string, string, readonly string[], string][] = [
    ...['name', 'createdAt', 'updatedAt', 'runnerManagerId'].map(
      (name): [string, string, readonly string[], string] => [
        name,
        WRONG_TEXT,
        [name],
        `${name} is not string`,
      ],
    ),
    ...['kind', 'provider'].map((name): [string, string, readonly string[], string] => [
      name,
      WRONG_TEXT,
      [name],
      `${name} ${enumFault}`,
    ]),
    ['creator', WRONG_FLAG, ['creator'], 'creator is not an object'],
    ['creator.principal', 'true', ['creator'], `creator.principal ${enumFault}`],
    ['spec.desiredPhase', WRONG_TEXT, ['desiredPhase'], `spec.desiredPhase ${enumFault}`],
    ['spec.configuration.region', WRONG_TEXT, ['region'], 'spec.configuration.region is not string'],
    [
      'spec.configuration.autoUpdate',
      WRONG_FLAG,
      ['autoUpdate'],
      'spec.configuration.autoUpdate is not boolean',
    ],
    ['spec.configuration.logLevel', 'false', ['logLevel'], `spec.configuration.logLevel ${enumFault}`],
    [
      'spec.configuration.updateWindow.startHour',
      `"${PLANTED}"`,
      ['updateWindow'],
      'spec.configuration.updateWindow.startHour is not number',
    ],
    [
      'spec.configuration.updateWindow.endHour',
      '1e999',
      ['updateWindow'],
      'spec.configuration.updateWindow.endHour is not as expected',
    ],
    ['spec.configuration.metrics', '[]', ['metrics'], 'spec.configuration.metrics is not an object'],
    ['status.phase', WRONG_TEXT, ['phase'], `status.phase ${enumFault}`],
    ['status.gatewayInfo', WRONG_FLAG, ['gateway'], 'status.gatewayInfo is not an object'],
    ['status.gatewayInfo.gateway', '7', ['gateway'], 'status.gatewayInfo.gateway is not an object'],
    ['status.capabilities', WRONG_TEXT, ['capabilities'], 'status.capabilities is not Array'],
    ['status.additionalInfo', 'true', ['additionalInfo'], 'status.additionalInfo is not Array'],
  ];
  for (const [path, wrong, unread, fault] of ofRunner) {
    it(`is read without ${path} if it is a runner and that is ${wrong}`, async () => {
      const { items, leftOut, lines } = await runnersIn(sandbox, '{"runnerId":"r"}', jsonAt(path, wrong));
      assert.deepEqual(items[1], { ...BARE_RUNNER, unread });
      assert.deepEqual(leftOut, []);
      assert.deepEqual(lines, [`ListRunners: read 1 without a field: ${fault}`]);
    });
  }

  it('has everything that can be read, and names once what cannot', async () => {
    const { items, lines } = await runnersIn(
      sandbox,
      `{"runnerId":"r","name":"good","status":${WRONG_FLAG},"spec":{"desiredPhase":"RUNNER_PHASE_ACTIVE"}}`,
    );
    const { unread = [], ...rest } = items[0] ?? assert.fail();
    assert.deepEqual(rest, {
      ...BARE_RUNNER,
      id: 'r',
      name: 'good',
      desiredPhase: 'RUNNER_PHASE_ACTIVE',
    });
    assert.deepEqual(unread, [
      'phase',
      'message',
      'version',
      'region',
      'statusUpdatedAt',
      'systemDetails',
      'capabilities',
      'additionalInfo',
      'gateway',
    ]);
    assert.deepEqual(lines, ['ListRunners: read 1 without a field: status is not an object']);
  });

  it('keeps the good entries of its lists', async () => {
    const { items, lines } = await runnersIn(
      sandbox,
      `{"status":{"capabilities":["A",true,"B",{}],"additionalInfo":[5,{"key":"k","value":"v"},{"key":[]}]}}`,
    );
    const [runner] = items;
    assert.deepEqual(runner?.capabilities, ['A', 'B']);
    assert.deepEqual(runner.additionalInfo, [{ key: 'k', value: 'v' }]);
    assert.deepEqual(runner.unread, ['capabilities', 'additionalInfo']);
    assert.deepEqual(lines, [
      `ListRunners: read 1 without a field: status.capabilities[] ${enumFault}`,
      'ListRunners: read 1 without a field: status.additionalInfo[] is not an object',
      'ListRunners: read 1 without a field: status.additionalInfo[].key is not string',
    ]);
  });

  it('is read as far as possible if it is asked for alone', async () => {
    sandbox.faults.set('GetRunner', {
      kind: 'raw',
      body: `{"runner":{"runnerId":"r","status":{"phase":${WRONG_TEXT}}}}`,
    });
    const { client, lines } = clientOf(sandbox);
    assert.deepEqual(await client.getRunner('x', quiet), { ...BARE_RUNNER, id: 'r', unread: ['phase'] });
    assert.equal(lines.at(-1), `GetRunner: read 1 without a field: runner.status.phase ${enumFault}`);
  });
});
