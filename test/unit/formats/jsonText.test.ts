import assert from 'node:assert/strict';
import { integrationJson, itemJson, jsonText } from '../../../src/formats/jsonText.ts';
import type { ItemEntry, RunnerEntry } from '../../../src/inventory/groups.ts';
import { messagesOf } from '../../../src/words/messagesOf.ts';
import { BARE_RUNNER, integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { AS_OF, signInsOf, tokenOf, withStatuses } from '../inventory/withStatuses.ts';

function entryOf(...rows: Parameters<typeof withStatuses>): RunnerEntry {
  const [entry] = withStatuses(...rows);
  assert.ok(entry);
  return entry;
}

function parsed(entry: ItemEntry, runner: RunnerEntry): Record<string, unknown> {
  return JSON.parse(jsonText(itemJson(entry, messagesOf([runner])))) as Record<string, unknown>;
}

const UNCHECKED = { status: 'unchecked', effectiveStatus: 'unchecked', reasons: [] };

describe('JSON of rows', () => {
  it('has the fields of an integration in one order, without those that are absent', () => {
    const integration = integrationOf({
      virtualDirectory: '/tfs',
      oauth: { clientSecretSet: true, clientId: 'acme' },
      id: 'i',
      runnerId: 'r',
    });
    assert.equal(
      jsonText(integrationJson(integration)),
      `{
  "id": "i",
  "runnerId": "r",
  "scmId": "github",
  "host": "github.com",
  "oauth": {
    "clientId": "acme",
    "clientSecretSet": true
  },
  "pat": true,
  "virtualDirectory": "/tfs"
}`,
    );
    assert.equal(
      jsonText(integrationJson(integrationOf({ pat: false }))),
      '{\n  "id": "",\n  "runnerId": "",\n  "scmId": "github",\n  "host": "github.com",\n  "pat": false\n}',
    );
  });

  it('escapes what a terminal or an editor would obey, and keeps its meaning', () => {
    const value = {
      host: 'a\u009b201~\u007f\u0085\u2028\u2029\ufeff\u202eb\u2066\u061c\u001b\n',
      name: '東京 👩‍💻 é',
    };
    const text = jsonText(value);
    assert.match(text, /\\u009b201~\\u007f\\u0085\\u2028\\u2029\\ufeff\\u202eb\\u2066\\u061c\\u001b\\n/);
    assert.ok(text.includes('東京 👩‍💻 é'), 'what people read stays readable');
    assert.deepEqual(JSON.parse(text), value);
  });

  it('has every field of a runner, then its integrations by host', () => {
    const runner = runnerOf({
      id: 'r',
      name: 'eu',
      updateWindow: { endHour: 5, startHour: 2 },
      statusUpdatedAt: '2026-11-24T10:00:00Z',
      createdAt: '2026-11-24T10:00:00Z',
      updatedAt: '2026-11-24T10:00:00Z',
    });
    const integrations = [
      integrationOf({ id: 'a', runnerId: 'r' }),
      integrationOf({ id: 'b', runnerId: 'r', host: 'gitlab.com', scmId: 'gitlab' }),
    ];
    // Different hosts: two integrations for the same one would be a reason.
    const entry = entryOf({ runners: [runner], integrations });
    const json = parsed(entry, entry);
    const { integrations: own, status, reasons, ...fields } = json;
    assert.deepEqual(fields, JSON.parse(JSON.stringify(runner)));
    assert.deepEqual([status, reasons], ['unchecked', []]);
    assert.deepEqual(
      own,
      integrations.map((integration) => ({ ...integration, ...UNCHECKED })),
    );
    assert.deepEqual(Object.keys(json).slice(0, 3), ['id', 'name', 'kind']);
    assert.deepEqual(Object.keys(json).slice(-3), ['status', 'reasons', 'integrations']);
  });

  it('is the same text whatever order the fields came in', () => {
    const text = (runner: typeof BARE_RUNNER) =>
      jsonText(itemJson(entryOf({ runners: [runner], integrations: [] }), messagesOf([])));
    const reversed = Object.fromEntries(
      Object.entries({ ...BARE_RUNNER, gateway: { region: '', url: '', name: '' } }).reverse(),
    ) as typeof BARE_RUNNER;
    assert.equal(text(reversed), text(BARE_RUNNER));
  });

  it('knows a runner that is not listed by its id', () => {
    const integration = integrationOf({ id: 'i', runnerId: 'r' });
    const entry = entryOf({ runners: [], integrations: [integration] });
    assert.deepEqual(parsed(entry, entry), {
      id: 'r',
      status: 'unchecked',
      reasons: [],
      integrations: [{ ...integration, ...UNCHECKED }],
    });
  });

  describe('with a status', () => {
    const runner = runnerOf({
      id: 'r',
      name: 'eu',
      phase: 'RUNNER_PHASE_DEGRADED',
      message: 'disk pressure on node-7.',
      statusUpdatedAt: '2026-11-24T10:00:00Z',
    });
    const data = { runners: [runner], integrations: [integrationOf({ id: 'i', runnerId: 'r' })] };
    const factsOf = (entry: RunnerEntry) => {
      const [integration] = entry.integrations;
      assert.ok(integration);
      const { id, runnerId, scmId, host, pat, ...facts } = parsed(integration, entry);
      assert.deepEqual([id, runnerId, scmId, host, pat], ['i', 'r', 'github', 'github.com', true]);
      return facts;
    };

    it('has every reason with its source and time, and what the API says about it', () => {
      const { status, reasons } = parsed(entryOf(data), entryOf(data));
      assert.equal(status, 'attention');
      assert.deepEqual(reasons, [
        {
          code: 'degraded',
          status: 'attention',
          message: 'eu is degraded: disk pressure on node-7.',
          source: 'ListRunners',
          at: '2026-11-24T10:00:00.000Z',
          text: 'disk pressure on node-7.',
        },
      ]);
    });

    it('has that of an integration alone and with its runner', () => {
      assert.deepEqual(factsOf(entryOf(data)), {
        status: 'unchecked',
        effectiveStatus: 'attention',
        reasons: [],
      });
    });

    it('has the fields that a runner found invalid', () => {
      const at = new Date('2026-11-27T13:00:00Z');
      const errors = [
        { field: 'host', text: 'unknown host' },
        { field: 'oauth', text: 'bad client' },
      ] as const;
      const entry = entryOf(data, { answersOf: () => ({ validation: { valid: false, errors, at } }) });
      assert.deepEqual(factsOf(entry), {
        status: 'broken',
        effectiveStatus: 'broken',
        reasons: [
          {
            code: 'invalid',
            status: 'broken',
            message: 'eu found the configuration invalid: Host: unknown host; OAuth: bad client.',
            source: 'ValidateRunnerConfiguration',
            at: at.toISOString(),
            errors,
          },
        ],
        validation: { valid: false, errors, at: at.toISOString() },
      });
    });

    it('says what proves that it works', () => {
      const at = new Date('2026-11-27T13:00:00Z');
      const access = { signedIn: true, at, wasSignedIn: false };
      const active = { ...data, runners: [{ ...runner, phase: 'RUNNER_PHASE_ACTIVE' }] };
      assert.deepEqual(factsOf(entryOf(active, { answersOf: () => ({ access }) })), {
        status: 'works',
        effectiveStatus: 'works',
        reasons: [],
        proof: { source: 'CheckAuthenticationForHost', at: at.toISOString() },
        access: { signedIn: true, at: at.toISOString() },
      });
    });

    it('has what the runner answered, however long ago', () => {
      const at = new Date('2025-01-02T13:00:00Z');
      const answers = {
        access: { signedIn: false, at, wasSignedIn: true, onRecord: ['secret?'] },
        validation: { valid: true, errors: [], at },
      };
      const { status, access, validation } = factsOf(entryOf(data, { answersOf: () => answers }));
      assert.equal(status, 'unchecked');
      assert.deepEqual(access, { signedIn: false, at: at.toISOString() });
      assert.deepEqual(validation, { valid: true, errors: [], at: at.toISOString() });
    });

    it('has the sign-ins on record, without their IDs and whose they are', () => {
      const signIns = signInsOf([
        tokenOf({ id: 'secret?', runnerId: 'r', expiresAt: '2027-11-27T14:02:00Z', scopes: ['repo'] }),
        tokenOf({
          runnerId: 'r',
          source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH',
          // That of an access token, which is refreshed.
          expiresAt: '2026-11-27T15:02:00Z',
        }),
        tokenOf({ runnerId: 'r', source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_UNSPECIFIED' }),
      ]);
      assert.deepEqual(factsOf(entryOf(data, { signIns }))['signIns'], [
        { method: 'pat', expiresAt: '2027-11-27T14:02:00.000Z', scopes: ['repo'] },
        { method: 'oauth', scopes: [] },
        { scopes: [] },
      ]);
    });

    it('tells no sign-in on record from sign-ins that are not known', () => {
      assert.deepEqual(factsOf(entryOf(data, { signIns: signInsOf([]) }))['signIns'], []);
      assert.ok(!('signIns' in factsOf(entryOf(data))));
    });

    it('has no number that changes with the day', () => {
      const signIns = signInsOf([tokenOf({ runnerId: 'r', expiresAt: '2026-11-29T10:00:00Z' })]);
      const facts = (now: Date) => factsOf(entryOf(data, { signIns }, now));
      const nextDay = new Date('2026-11-28T14:02:00Z');
      assert.deepEqual(facts(AS_OF), facts(nextDay));
    });

    it('has few words of a reason if the runner is gone', () => {
      const [integration] = entryOf({
        ...data,
        integrations: [integrationOf({ id: 'i', runnerId: 'r', pat: false })],
      }).integrations;
      assert.ok(integration);
      const { reasons } = itemJson(integration, messagesOf([])) as { reasons: { message: string }[] };
      assert.equal(reasons[0]?.message, 'no sign-in method');
    });
  });
});
