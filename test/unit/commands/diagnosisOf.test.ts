import assert from 'node:assert/strict';
import { diagnosisLeftOut, diagnosisOf } from '../../../src/commands/diagnosisOf.ts';
import type { DiagnosisPlace } from '../../../src/commands/diagnosisPlace.ts';
import { diagnosisText } from '../../../src/formats/diagnosis.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../../../src/inventory/groups.ts';
import type { InventoryState } from '../../../src/inventory/model.ts';
import type { SignInIndex } from '../../../src/inventory/signInIndex.ts';
import { signInSentence } from '../../../src/words/signIns.ts';
import { timeText } from '../../../src/words/numbersAndDates.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { loadingState, readyState } from '../inventory/inventoryStates.ts';
import { AS_OF, signInsOf, tokenOf, withStatuses } from '../inventory/withStatuses.ts';

const RUNNER = '5a3c1f0e-0000-4000-8000-00000000000a';

const DATA = {
  runners: [
    runnerOf({ id: RUNNER, name: 'eu', version: '20260801.1', region: 'eu-central-1' }),
    runnerOf({
      id: 'r-lab',
      name: 'lab',
      phase: 'RUNNER_PHASE_INACTIVE',
      message: 'no power',
      statusUpdatedAt: '2026-11-20T10:00:00Z',
    }),
  ],
  integrations: [
    integrationOf({ id: 'i-1', runnerId: RUNNER }),
    integrationOf({ id: 'i-2', runnerId: RUNNER, host: 'gitlab.com', scmId: 'gitlab' }),
    integrationOf({ id: 'i-3', runnerId: 'r-lab' }),
  ],
};

const PLACE: DiagnosisPlace = {
  programs: ['SCM Integrations for Ona 0.1.0', 'Visual Studio Code 1.139.1'],
  apiHost: 'app.gitpod.io',
  organization: { name: 'Acme', id: 'org-1' },
  state: readyState(DATA, AS_OF),
};

const ENDING = signInsOf([
  tokenOf({ id: 'token-id', runnerId: RUNNER, host: 'gitlab.com', expiresAt: '2026-11-29T10:00:00Z' }),
]);

/** In the zone of the machine. */
function exact(time: string): string {
  return timeText(new Date(time), { dateStyle: 'medium', timeStyle: 'long' });
}

const READ = exact(AS_OF.toISOString());

function textOf(
  runners: readonly RunnerEntry[],
  chosen?: readonly ItemEntry[],
  state: InventoryState = PLACE.state,
): string {
  return diagnosisText(diagnosisOf({ ...PLACE, state }, runners, chosen), diagnosisLeftOut);
}

function found(runners: readonly RunnerEntry[], name: string, host?: string): ItemEntry {
  const runner = runners.find((one) => one.runner?.name === name);
  const item = host === undefined ? runner : runner?.integrations.find(({ ref }) => ref.host === host);
  assert.ok(item);
  return item;
}

describe('the diagnosis', () => {
  it('of everything has the problems in full, the worst first, then a list of the others', () => {
    const runners = withStatuses(DATA, { signIns: ENDING });
    const text = textOf(runners, undefined, { ...PLACE.state, signIns: ENDING.signIns });
    const onRecord = signInSentence(
      found(runners, 'eu', 'gitlab.com') as IntegrationEntry,
      ENDING.signIns,
      'ordinary',
    );
    const ends = timeText(new Date('2026-11-29T10:00:00Z'), { dateStyle: 'medium', timeStyle: 'short' });
    assert.equal(
      text,
      `## Diagnosis of SCM integrations

- Versions: \`SCM Integrations for Ona 0.1.0\`, \`Visual Studio Code 1.139.1\`
- API: \`app.gitpod.io\`
- Organization: \`Acme\` (\`org-1\`)
- Lists: ${READ}
- Sign-ins on record: ${READ}
- 2 runners: 1 is broken, 1 is not checked
- 3 integrations: 1 needs attention, 2 are not checked

### \`lab\`

- Status: Broken
  - \`lab is offline: no power.\` (ListRunners, ${exact('2026-11-20T10:00:00Z')})
- Phase: \`offline\`
- Kind: \`remote\`
- Infrastructure: \`AWS EC2\`
- Runner ID: \`r-lab\`
- 1 integration: 1 is not checked

### \`gitlab.com\` on \`eu\`

- Status: Needs attention
  - \`Your personal access token for gitlab.com ends on ${ends}.\` (ListHostAuthenticationTokens, ${READ})
- Provider: \`GitLab\` (\`gitlab\`)
- Sign-in methods: personal access token
- Sign-in: \`${onRecord}\`
- Integration ID: \`i-2\`
- Runner: \`eu\`
  - Status: Not checked
  - Phase: \`active\`
  - Kind: \`remote\`
  - Infrastructure: \`AWS EC2\`
  - Region: \`eu-central-1\`
  - Version: \`20260801.1\`
  - Runner ID: \`${RUNNER}\`

### Others

- \`eu\`: Not checked · \`20260801.1\`
  - \`github.com\`: Not checked
- \`lab\`: Broken · \`offline\`
  - \`github.com\`: Not checked
`,
    );
  });

  it('of an integration has all about it, and why its runner matters', () => {
    const runners = withStatuses(DATA);
    const text = textOf(runners, [found(runners, 'lab', 'github.com')]);
    assert.match(
      text,
      /\n### `github\.com` on `lab`\n\n- Status: Not checked\n- Together with its runner: Broken\n/,
    );
    assert.match(
      text,
      /\n- Runner: `lab`\n {2}- Status: Broken\n {4}- `lab is offline: no power\.` \(ListRunners, /,
    );
    assert.doesNotMatch(text, /Others|2 runners|`eu`/);
  });

  it('of a runner has its own problems and those of its integrations', () => {
    const runners = withStatuses(DATA, { signIns: ENDING });
    const text = textOf(runners, [found(runners, 'eu')]);
    assert.deepEqual(text.match(/^### .*/gm), ['### `gitlab.com` on `eu`', '### `eu`', '### Others']);
    assert.match(text, /\n- 2 integrations: 1 needs attention, 1 is not checked\n/);
    assert.doesNotMatch(text, /lab is offline/);
  });

  it('says what proves that an integration works, and when', () => {
    const at = new Date('2026-11-27T13:00:00Z');
    const access = { signedIn: true, at, wasSignedIn: false };
    const runners = withStatuses(DATA, { answersOf: () => ({ access }) });
    const text = textOf(runners, [found(runners, 'eu', 'github.com')]);
    const proof = `The runner confirmed the sign-in (CheckAuthenticationForHost, ${exact(at.toISOString())})`;
    assert.ok(text.includes(`- Status: Works\n  - ${proof}\n`), text);
  });

  it('does not claim that there is no sign-in if that is not known', () => {
    const textFor = (signIns: SignInIndex | undefined) => {
      const runners = withStatuses(DATA, { signIns });
      const state = { ...PLACE.state, signIns: signIns?.signIns };
      return textOf(runners, [found(runners, 'eu', 'github.com')], state);
    };
    assert.doesNotMatch(textFor(undefined), /- Sign-in: /);
    assert.match(textFor(signInsOf([])), /\n- Sign-in: `As of .*, no sign-in of yours is on record\.`\n/);
  });

  it('says how old the rows are, and what is wrong with them', () => {
    const text = textOf(withStatuses(DATA), undefined, loadingState(DATA));
    assert.match(text, /- Lists: not loaded completely yet\n- Sign-ins on record: not known\n/);
    const signIns = { subject: ENDING.subject, tokens: [], asOf: AS_OF };
    const leftOut = {
      runners: [],
      integrations: [{ key: 'k', field: 'pat', runnerId: RUNNER }],
      asOf: AS_OF,
    };
    const state = readyState({ ...DATA, leftOut: leftOut as never }, AS_OF);
    const old = textOf(withStatuses(DATA), undefined, { ...state, signIns });
    assert.ok(old.includes(`- Sign-ins on record: ${READ}\n`), old);
    assert.match(old, /\n- Missing: `1 integration could not be read .*`\n/);
  });

  it('has no ID of a sign-in', () => {
    const state = { ...PLACE.state, signIns: ENDING.signIns };
    const text = textOf(withStatuses(DATA, { signIns: ENDING }), undefined, state);
    assert.ok(text.includes('- Sign-in: ') && !text.includes('token-id'));
  });

  it('has nothing that a terminal or a Markdown renderer obeys', () => {
    const hostile = '`](https://evil)\n# <b>@all</b> $(rm) |\u202e\u001b[31m';
    const signIns = signInsOf([tokenOf({ runnerId: hostile, host: hostile, source: hostile })]);
    const runners = withStatuses(
      {
        runners: [
          runnerOf({
            id: hostile,
            name: hostile,
            phase: 'RUNNER_PHASE_DEGRADED',
            message: hostile,
            version: hostile,
            region: hostile,
            provider: hostile,
            kind: hostile,
          }),
          runnerOf({ id: 'r2', name: hostile, phase: hostile }),
        ],
        integrations: [
          integrationOf({ id: hostile, runnerId: hostile, host: hostile, scmId: hostile, pat: false }),
          integrationOf({ id: 'i', runnerId: hostile, host: hostile.toUpperCase(), scmId: hostile }),
        ],
      },
      { signIns },
    );
    const place = { programs: [hostile], apiHost: hostile, organization: { name: hostile, id: hostile } };
    const text = diagnosisText(
      diagnosisOf({ ...place, state: { ...PLACE.state, signIns: signIns.signIns } }, runners, undefined),
      diagnosisLeftOut,
    );
    const outsideOfCode = text.replace(/(`+)(?:(?!\1)[^\n]|(?<!`)\1`+)*?(?<!`)\1(?!`)/g, '');
    assert.doesNotMatch(outsideOfCode, /evil|<b>|@all|\$\(/);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202e]/);
    assert.doesNotMatch(text, /^# /m, 'no line is from elsewhere');
  });

  it('of an organization without anything says so', () => {
    const empty = { runners: [], integrations: [] };
    const text = textOf(withStatuses(empty), undefined, readyState(empty, AS_OF));
    assert.match(text, /\n- Sign-ins on record: not known\n- 0 runners\n- 0 integrations\n$/);
  });

  it('of an integration whose provider is not reported has no empty code', () => {
    const runners = withStatuses({ ...DATA, integrations: [integrationOf({ runnerId: RUNNER, scmId: '' })] });
    const text = textOf(runners, [found(runners, 'eu', 'github.com')]);
    assert.match(text, /\n- Provider: Unknown provider\n/);
  });

  it('of a runner with very many duplicate hosts still has the rest', () => {
    const integrations = Array.from({ length: 2000 }, (_, i) =>
      integrationOf({ id: `d-${i}`, runnerId: 'r-lab', host: `host-${i % 1000}.example` }),
    );
    const text = textOf(withStatuses({ ...DATA, integrations: [...DATA.integrations, ...integrations] }));
    assert.match(text, /\n- Status: Broken\n {2}- `lab is offline: no power\.` /);
    assert.match(text, /\n {2}- and 981 more\n- Phase: `offline`\n/);
  });

  it('of 10,000 integrations is short, and says how many were left out', () => {
    const data = {
      runners: Array.from({ length: 2000 }, (_, i) => runnerOf({ id: `r-${i}`, name: `runner-${i}` })),
      integrations: Array.from({ length: 10_000 }, (_, i) =>
        integrationOf({
          id: `i-${i}`,
          runnerId: `r-${i % 2000}`,
          host: `host-${i}.example`,
          pat: i % 2 === 0,
        }),
      ),
    };
    const text = textOf(withStatuses(data));
    assert.ok(text.length < 65_536);
    assert.match(text, /- 10000 integrations: 5000 are broken, 5000 are not checked\n/);
    assert.match(text, /\nLeft out, because there are too many: \d+ integrations and 2000 runners\.\n$/);
  });
});
