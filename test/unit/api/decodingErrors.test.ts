import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { SandboxMethod } from '../../sandbox/methods.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from './testClient.ts';

/** A value that must stay hidden, in a field of the wrong type. */
const PLANTED = 'planted-secret';
const WRONG_TEXT = `{"${PLANTED}":"${PLANTED}"}`;
const WRONG_FLAG = `"${PLANTED}"`;

type List = 'ListRunners' | 'ListSCMIntegrations';

describe('an answer of a wrong type', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  async function failure(method: SandboxMethod, body: string) {
    sandbox.faults.set(method, { kind: 'raw', body });
    const { client, lines } = clientOf(sandbox);
    const calls: Record<SandboxMethod, () => Promise<unknown>> = {
      ListRunners: () => itemsOf(client.listRunners(quiet)),
      ListSCMIntegrations: () => itemsOf(client.listScmIntegrations(quiet)),
      GetRunner: () => client.getRunner('x', quiet),
      GetAuthenticatedIdentity: () => client.getAuthenticatedIdentity(quiet),
      GetAuthenticatedUser: () => client.getAuthenticatedUser(quiet),
      GetOrganization: () => client.getOrganization('x', quiet),
    };
    const error = await failureOf(calls[method]());
    assert.deepEqual([error.problem, error.code, error.method], ['unexpectedAnswer', 'data_loss', method]);
    const all = `${error.stack ?? ''}${inspect(error, { depth: 9, showHidden: true })}${lines.join('\n')}`;
    assert.ok(!all.includes(PLANTED), 'the value is told');
    return { error, lines };
  }

  const paths: [SandboxMethod, string, string][] = [
    ['ListRunners', `{"runners":"${PLANTED}"}`, 'runners'],
    ['ListRunners', `{"runners":{"${PLANTED}":1}}`, 'runners'],
    ['ListRunners', `{"runners":[{},"${PLANTED}"]}`, 'runners.1'],
    ['ListRunners', '{"runners":[null]}', 'runners.0'],
    ['ListRunners', `{"pagination":"${PLANTED}"}`, 'pagination'],
    ['ListRunners', '{"pagination":{"nextToken":5}}', 'pagination.nextToken'],
    ['GetRunner', '{}', 'runner'],
    ['GetRunner', `{"runner":"${PLANTED}"}`, 'runner'],
    ['GetRunner', `{"runner":{"status":{"phase":${WRONG_TEXT}}}}`, 'runner.status.phase'],
    ['ListSCMIntegrations', `{"integrations":7}`, 'integrations'],
    ['ListSCMIntegrations', `{"integrations":[true]}`, 'integrations.0'],
    ['GetAuthenticatedIdentity', `{"organizationId":${WRONG_TEXT}}`, 'organizationId'],
    ['GetAuthenticatedIdentity', `{"subject":"${PLANTED}"}`, 'subject'],
    ['GetAuthenticatedIdentity', `{"subject":{"principal":true}}`, 'subject.principal'],
    ['GetAuthenticatedUser', `{"user":{"name":${WRONG_TEXT}}}`, 'user.name'],
    ['GetAuthenticatedUser', `{"user":"${PLANTED}"}`, 'user'],
    ['GetOrganization', `{"organization":{"id":["${PLANTED}"]}}`, 'organization.id'],
  ];
  for (const [method, body, path] of paths) {
    it(`${method} ${body} names ${path}`, async () => {
      const { error } = await failure(method, body);
      assert.match(error.detail ?? '', new RegExp(`^${path.replaceAll('.', '\\.')} is not `));
    });
  }

  const fields: [List, string, string][] = [
    ...['runnerId', 'name', 'kind', 'provider', 'createdAt', 'updatedAt', 'runnerManagerId'].map(
      (field): [List, string, string] => ['ListRunners', field, WRONG_TEXT],
    ),
    ['ListRunners', 'spec', WRONG_FLAG],
    ['ListRunners', 'spec.desiredPhase', WRONG_TEXT],
    ['ListRunners', 'spec.variant', WRONG_TEXT],
    ['ListRunners', 'spec.configuration', WRONG_FLAG],
    ['ListRunners', 'spec.configuration.region', WRONG_TEXT],
    ['ListRunners', 'spec.configuration.releaseChannel', WRONG_TEXT],
    ['ListRunners', 'spec.configuration.autoUpdate', WRONG_FLAG],
    ['ListRunners', 'spec.configuration.logLevel', 'false'],
    ['ListRunners', 'status', WRONG_FLAG],
    ...['phase', 'message', 'updatedAt', 'version', 'region', 'capabilities'].map(
      (field): [List, string, string] => ['ListRunners', `status.${field}`, WRONG_TEXT],
    ),
    ...['id', 'runnerId', 'scmId', 'host', 'virtualDirectory'].map((field): [List, string, string] => [
      'ListSCMIntegrations',
      field,
      WRONG_TEXT,
    ]),
    ['ListSCMIntegrations', 'pat', WRONG_FLAG],
    ['ListSCMIntegrations', 'pat', '1'],
    ['ListSCMIntegrations', 'oauth', WRONG_FLAG],
    ['ListSCMIntegrations', 'oauth', 'true'],
    ['ListSCMIntegrations', 'oauth.clientId', WRONG_TEXT],
    ['ListSCMIntegrations', 'oauth.issuerUrl', '42'],
  ];
  for (const [method, field, wrong] of fields) {
    it(`names ${method}'s ${field}, not its value ${wrong}`, async () => {
      const list = method === 'ListRunners' ? 'runners' : 'integrations';
      const item = field.split('.').reduceRight((inner, name) => `{"${name}":${inner}}`, wrong);
      const { error, lines } = await failure(method, `{"${list}":[{},{},${item}]}`);
      assert.match(error.detail ?? '', new RegExp(`^${list}\\.2\\.${field.replaceAll('.', '\\.')} is not `));
      assert.ok(lines.some((line) => line.includes(`${list}.2.${field}`)));
    });
  }

  describe('as is a list where an object belongs:', () => {
    const lists: [SandboxMethod, string][] = [
      ['ListRunners', '{"runners":[[]]}'],
      ['ListRunners', '{"runners":[{"status":[]}]}'],
      ['ListRunners', '{"runners":[{"spec":[]}]}'],
      ['ListRunners', '{"pagination":[]}'],
      ['ListSCMIntegrations', '{"integrations":[["github.com"]]}'],
      ['ListSCMIntegrations', '{"integrations":[{"oauth":[]}]}'],
      ['GetAuthenticatedIdentity', '{"subject":[]}'],
      ['GetOrganization', '{"organization":[]}'],
      ['GetAuthenticatedUser', '{"user":[]}'],
    ];
    for (const [method, body] of lists) {
      it(`${method} ${body}`, () => failure(method, body));
    }
  });
});
