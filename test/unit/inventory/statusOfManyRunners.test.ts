import assert from 'node:assert/strict';
import type { HostAuthenticationToken } from '../../../src/api/hostAuthenticationTokens.ts';
import type { Runner } from '../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import type { RunnerEntry } from '../../../src/inventory/groups.ts';
import type { InventoryData } from '../../../src/inventory/model.ts';
import { isProblem } from '../../../src/inventory/statuses.ts';
import { statusSteps } from '../../../src/inventory/statusSteps.ts';
import { atOnce } from '../base/atOnce.ts';
import { integrationOf, runnerOf } from './fixtures.ts';
import { groupByRunner } from './groupByRunner.ts';
import { AS_OF, factsOf, signInsOf, tokenOf, withStatuses } from './withStatuses.ts';

const OAUTH = { clientId: 'client', clientSecretSet: true };

/** The hosts of every ordinary runner. */
const HOSTS: readonly Partial<ScmIntegration>[] = [
  { scmId: 'github', host: 'github.com', oauth: OAUTH },
  { scmId: 'gitlab', host: 'gitlab.acme.example:8443', oauth: OAUTH },
  { scmId: 'bitbucket', host: 'bitbucket.org', oauth: OAUTH, pat: false },
  {
    scmId: 'azuredevops_entra',
    host: 'dev.azure.com/acme',
    oauth: { ...OAUTH, issuerUrl: 'https://login.microsoftonline.com/acme.example/v2.0' },
  },
  { scmId: 'azuredevops_server', host: 'tfs.acme.example', virtualDirectory: '/tfs' },
];

function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** 200 runners in good order: remote ones, closed laptops, some not set up yet, managed ones and the shared configuration. */
function organization(): { runners: Runner[]; integrations: ScmIntegration[] } {
  const kinds: readonly { count: number; fields: Partial<Runner> }[] = [
    { count: 171, fields: {} },
    { count: 20, fields: { kind: 'RUNNER_KIND_LOCAL', phase: 'RUNNER_PHASE_INACTIVE' } },
    { count: 5, fields: { phase: 'RUNNER_PHASE_CREATED' } },
    { count: 3, fields: { provider: 'RUNNER_PROVIDER_MANAGED', runnerManagerId: uuidOf(900) } },
    { count: 1, fields: { kind: 'RUNNER_KIND_LOCAL_CONFIGURATION', phase: 'RUNNER_PHASE_CREATED' } },
  ];
  const runners = kinds
    .flatMap(({ count, fields }) => Array.from({ length: count }, () => fields))
    .map((fields, i) => runnerOf({ id: uuidOf(i), name: `runner-${i}`, ...fields }));
  const integrations = runners.flatMap(({ id: runnerId, kind, phase, runnerManagerId }, r) => {
    if (kind === 'RUNNER_KIND_LOCAL' || phase === 'RUNNER_PHASE_CREATED') {
      return kind === 'RUNNER_KIND_LOCAL_CONFIGURATION'
        ? [integrationOf({ id: uuidOf(1000 + r * 5), runnerId, oauth: OAUTH })]
        : [];
    }
    const isManaged = runnerManagerId !== '';
    return HOSTS.map((fields, h) =>
      integrationOf({ ...fields, runnerId, id: isManaged ? `static-scm-${h}` : uuidOf(1000 + r * 5 + h) }),
    );
  });
  return { runners, integrations };
}

/** Jane's sign-ins to four of the hosts of ten runners. None ends, but the OAuth tokens are refreshed every hour. */
function tokens({ runners }: { runners: readonly Runner[] }): HostAuthenticationToken[] {
  return runners.slice(0, 10).flatMap(({ id: runnerId }) =>
    HOSTS.slice(0, 4).map(({ host = '' }) =>
      tokenOf({
        runnerId,
        host,
        source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH',
        expiresAt: new Date(AS_OF.getTime() + 3_600_000).toISOString(),
      }),
    ),
  );
}

/** As the view's badge counts. */
function problemsOf(runners: readonly RunnerEntry[]): string[] {
  return runners.flatMap((runner) =>
    [runner, ...runner.integrations]
      .filter(({ status }) => isProblem(status.own))
      .map(({ status }) => status.reasons.map(({ code }) => code).join(' ')),
  );
}

function derive(data: InventoryData, now = AS_OF) {
  return withStatuses(data, { signIns: signInsOf(tokens(organization())) }, now);
}

describe('the statuses of 200 runners', () => {
  it('name no reason at all in an organization in good order', () => {
    const runners = derive(organization());
    assert.equal(runners.length, 200);
    assert.equal(runners.flatMap(({ integrations }) => integrations).length, 871);
    assert.deepEqual(problemsOf(runners), []);
    assert.deepEqual([...new Set(runners.map(({ worst }) => worst))], ['unchecked']);
  });

  it('name one reason if one remote runner is offline', () => {
    const { runners, integrations } = organization();
    const [first, ...rest] = runners;
    assert.ok(first);
    const off = { ...first, phase: 'RUNNER_PHASE_INACTIVE' };
    assert.deepEqual(problemsOf(derive({ runners: [off, ...rest], integrations })), ['offline']);
  });

  it('stay the same objects if nothing has changed, and only what has changed is another one', () => {
    const { runners, integrations } = organization();
    const data = { runners, integrations };
    const facts = factsOf(data, { signIns: signInsOf(tokens(data)) });
    const of = groupByRunner(data);
    const before = atOnce(statusSteps(of, facts, AS_OF, { of: [], runners: [] }));
    const again = atOnce(statusSteps(of, facts, AS_OF, { of, runners: before }));
    assert.ok(again.every((entry, i) => entry === before[i]));

    const [integration] = before[0]?.integrations ?? [];
    assert.ok(integration);
    const ending = tokenOf({
      runnerId: integration.ref.runnerId,
      host: integration.ref.host,
      expiresAt: AS_OF.toISOString(),
    });
    const changed = atOnce(
      statusSteps(of, { ...facts, signIns: signInsOf([ending, ...tokens(data).slice(40)]) }, AS_OF, {
        of,
        runners: before,
      }),
    );
    const otherRunners = changed.filter((entry, i) => entry !== before[i]);
    assert.equal(otherRunners.length, 10, 'the runners whose sign-ins are gone');
    assert.deepEqual(problemsOf(changed), ['tokenEnded']);
  });
});
