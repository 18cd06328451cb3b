import assert from 'node:assert/strict';
import { readErrorDetails } from '../../../src/api/transport/errorDetails.ts';
import { hostUrl } from '../../../src/inventory/hostUrl.ts';
import { actionableError } from '../../sandbox/errorDetails.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from './testClient.ts';

describe('credentials in the URLs of an answer', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const answer = (method: 'ListRunners' | 'ListSCMIntegrations', body: string) =>
    sandbox.faults.set(method, { kind: 'raw', body });

  it('are in no field of an integration', async () => {
    const integration = {
      id: 'i',
      runnerId: 'r',
      scmId: 'gitlab',
      host: 'user:s3cr3t@git.example:8443/x',
      oauth: { clientId: 'https://u:s3cr3t@a', issuerUrl: 's3cr3t@login.example/v2?token=s3cr3t' },
      virtualDirectory: 'u:s3cr3t@tfs/x?sig=s3cr3t',
    };
    answer('ListSCMIntegrations', JSON.stringify({ integrations: [integration] }));
    const decoded = await itemsOf(clientOf(sandbox).client.listScmIntegrations(quiet));
    assert.equal(hostUrl(decoded[0]?.host ?? ''), undefined, 'nothing to open');
    assert.deepEqual(decoded, [
      {
        ...integration,
        host: '[redacted]@git.example:8443/x',
        oauth: {
          clientId: 'https://[redacted]@a',
          issuerUrl: '[redacted]@login.example/v2?token=[redacted]',
          clientSecretSet: false,
        },
        pat: false,
        virtualDirectory: '[redacted]@tfs/x?sig=[redacted]',
      },
    ]);
  });

  it('are in no field of a runner', async () => {
    const url = 'https://u:s3cr3t@host/x?key=s3cr3t#code=s3cr3t';
    const prose = `cannot reach ${url}, ask jane@acme.example`;
    const runner = {
      runnerId: 'r',
      name: prose,
      status: {
        message: prose,
        version: url,
        region: url,
        systemDetails: prose,
        additionalInfo: [{ key: url, value: prose }],
        gatewayInfo: { gateway: { name: url, url: 's3cr3t@gateway.example', region: url } },
      },
      spec: { configuration: { metrics: { url } } },
    };
    answer('ListRunners', JSON.stringify({ runners: [runner] }));
    const [decoded] = await itemsOf(clientOf(sandbox).client.listRunners(quiet));
    const shown = 'https://[redacted]@host/x?key=[redacted]#code=[redacted]';
    assert.doesNotMatch(JSON.stringify(decoded), /s3cr3t/);
    // In an address, `#` may be a part of the secret.
    assert.equal(decoded?.metrics.url, 'https://[redacted]@host/x?key=[redacted]');
    assert.equal(decoded.message, `cannot reach ${shown} ask jane@acme.example`);
    assert.equal(decoded.gateway.url, '[redacted]@gateway.example');
  });

  it('are in no error', async () => {
    sandbox.faults.set('ListRunners', {
      kind: 'connect',
      code: 'internal',
      message: 'dial https://u:s3cr3t@host failed',
    });
    const { client, lines } = clientOf(sandbox);
    const error = await failureOf(itemsOf(client.listRunners(quiet)));
    assert.equal(error.detail, 'dial https://[redacted]@host failed');
    assert.doesNotMatch(`${error.stack}${lines.join('\n')}`, /s3cr3t/);
  });

  it('are in no advice, but a link in it opens what the API says', () => {
    const url = 'https://docs.example/e?code=7';
    const detail = actionableError({
      userMessage: 'Cannot reach https://u:s3cr3t@host.',
      actions: [{ label: 'https://u:s3cr3t@host', externalUrl: url }],
    });
    assert.deepEqual(readErrorDetails([detail], sandbox.url, (text) => text).advice, {
      message: 'Cannot reach https://[redacted]@host.',
      links: [{ label: 'https://[redacted]@host', url }],
    });
  });

  it('are found however they are escaped', async () => {
    answer(
      'ListRunners',
      String.raw`{"runners":[{"name":"https:\/\/u:s3cr3t\u0040host?token\u003ds3cr3t"}]}`,
    );
    const [runner] = await itemsOf(clientOf(sandbox).client.listRunners(quiet));
    assert.equal(runner?.name, 'https://[redacted]@host?token=[redacted]');
  });

  for (const [name, shown] of [
    ['Password=s3cr3t', 'Password=[redacted]'],
    ['Server=x; Password = s3cr3t', 'Server=x; Password = [redacted]'],
    ['x;jsessionid=s3cr3t', 'x;jsessionid=[redacted]'],
    ['/x?user[token]=s3cr3t', '/x?user[token]=[redacted]'],
    ['/x?user%5Btoken%5D=s3cr3t', '/x?user%5Btoken%5D=[redacted]'],
  ] as const) {
    it(`are found where ${name} is the only text that may have some`, async () => {
      answer('ListRunners', JSON.stringify({ runners: [{ name }] }));
      const [runner] = await itemsOf(clientOf(sandbox).client.listRunners(quiet));
      assert.equal(runner?.name, shown);
    });
  }

  it('are not seen in a directory with @ in its name', async () => {
    const virtualDirectory = 'DefaultCollection@2024';
    answer('ListSCMIntegrations', JSON.stringify({ integrations: [{ id: 'i', virtualDirectory }] }));
    const [integration] = await itemsOf(clientOf(sandbox).client.listScmIntegrations(quiet));
    assert.equal(integration?.virtualDirectory, virtualDirectory);
  });

  it('are also gone from items that cannot be read as a whole', async () => {
    answer('ListRunners', '{"runners":[{"name":7,"status":{"message":"https://u:s3cr3t@host"}}]}');
    const [runner] = await itemsOf(clientOf(sandbox).client.listRunners(quiet));
    assert.deepEqual([runner?.message, runner?.unread], ['https://[redacted]@host', ['name']]);
  });

  it('are not looked for in the token of a page, which the API wants back', async () => {
    const nextToken = 'a=1&key=2';
    answer('ListRunners', JSON.stringify({ runners: [], pagination: { nextToken } }));
    for await (const page of clientOf(sandbox).client.listRunners(quiet)) {
      assert.equal(page.nextToken, nextToken);
      return;
    }
    assert.fail('no page');
  });
});
