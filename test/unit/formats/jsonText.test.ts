import assert from 'node:assert/strict';
import { integrationJson, itemJson, jsonText } from '../../../src/formats/jsonText.ts';
import type { RunnerEntry } from '../../../src/inventory/groups.ts';
import { groupByRunner } from '../inventory/groupByRunner.ts';
import { BARE_RUNNER, integrationOf, runnerOf } from '../inventory/fixtures.ts';

function entryOf(...rows: Parameters<typeof groupByRunner>): RunnerEntry {
  const [entry] = groupByRunner(...rows);
  assert.ok(entry);
  return entry;
}

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
      integrationOf({ id: 'b', runnerId: 'r' }),
    ];
    const json = itemJson(entryOf({ runners: [runner], integrations }));
    const { integrations: own, ...fields } = JSON.parse(jsonText(json)) as Record<string, unknown>;
    assert.deepEqual(fields, JSON.parse(JSON.stringify(runner)));
    assert.deepEqual(own, integrations);
    assert.deepEqual(Object.keys(json).slice(0, 3), ['id', 'name', 'kind']);
    assert.equal(Object.keys(json).at(-1), 'integrations');
  });

  it('is the same text whatever order the fields came in', () => {
    const text = (runner: typeof BARE_RUNNER) =>
      jsonText(itemJson(entryOf({ runners: [runner], integrations: [] })));
    const reversed = Object.fromEntries(
      Object.entries({ ...BARE_RUNNER, gateway: { region: '', url: '', name: '' } }).reverse(),
    ) as typeof BARE_RUNNER;
    assert.equal(text(reversed), text(BARE_RUNNER));
  });

  it('knows a runner that is not listed by its id', () => {
    const integration = integrationOf({ id: 'i', runnerId: 'r' });
    assert.deepEqual(JSON.parse(jsonText(itemJson(entryOf({ runners: [], integrations: [integration] })))), {
      id: 'r',
      integrations: [integration],
    });
  });
});
