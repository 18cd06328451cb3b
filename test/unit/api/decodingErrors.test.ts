import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { SandboxMethod } from '../../sandbox/methods.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from './testClient.ts';

/** A value that must stay hidden, in a field of the wrong type. */
const PLANTED = 'planted-secret';
const SENT = { scmId: 'github', host: 'github.com', pat: true };
const WRONG_TEXT = `{"${PLANTED}":"${PLANTED}"}`;

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
      ListHostAuthenticationTokens: () => itemsOf(client.listHostAuthenticationTokens('x', quiet)),
      GetSCMIntegration: () => client.getScmIntegration('x', quiet),
      GetRunnerConfigurationSchema: () => client.getRunnerConfigurationSchema('x', quiet),
      ValidateRunnerConfiguration: () => client.validateScmIntegration('x', SENT, quiet),
      CheckAuthenticationForHost: () => client.checkAuthenticationForHost('x', 'x', quiet),
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
    ['ListRunners', `{"pagination":"${PLANTED}"}`, 'pagination'],
    ['ListRunners', '{"pagination":{"nextToken":5}}', 'pagination.nextToken'],
    ['GetSCMIntegration', '{}', 'integration'],
    ['GetRunner', '{}', 'runner'],
    ['GetRunner', `{"runner":"${PLANTED}"}`, 'runner'],
    ['GetRunner', `{"runner":{"runnerId":${WRONG_TEXT}}}`, 'runner.runnerId'],
    ['GetRunnerConfigurationSchema', `{"schema":"${PLANTED}"}`, 'schema'],
    ['ListSCMIntegrations', `{"integrations":7}`, 'integrations'],
    ['ListHostAuthenticationTokens', `{"tokens":"${PLANTED}"}`, 'tokens'],
    ['ValidateRunnerConfiguration', `{"scmIntegration":"${PLANTED}"}`, 'scmIntegration'],
    [
      'ValidateRunnerConfiguration',
      `{"scmIntegration":{"hostError":${WRONG_TEXT}}}`,
      'scmIntegration.hostError',
    ],
    ['CheckAuthenticationForHost', `{"authenticated":"${PLANTED}"}`, 'authenticated'],
    ['CheckAuthenticationForHost', `{"supportsPat":{"createUrl":${WRONG_TEXT}}}`, 'supportsPat.createUrl'],
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

  describe('as is a list where an object belongs:', () => {
    const lists: [SandboxMethod, string][] = [
      ['ListRunners', '{"runners":[[]]}'],
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
