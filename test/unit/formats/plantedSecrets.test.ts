import assert from 'node:assert/strict';
import * as v from 'valibot';
import { DEFAULT_API_URL } from '../../../src/account/apiUrl.ts';
import { GET_RUNNER_CONFIGURATION_SCHEMA } from '../../../src/api/runnerSchema.ts';
import { redactField } from '../../../src/base/credentials.ts';
import { diagnosisLeftOut, diagnosisOf } from '../../../src/commands/diagnosisOf.ts';
import { ExportedItems } from '../../../src/exportedItems.ts';
import { diagnosisText } from '../../../src/formats/diagnosis.ts';
import { exportSteps } from '../../../src/formats/exportText.ts';
import { itemJson, jsonText } from '../../../src/formats/jsonText.ts';
import { changesJson } from '../../../src/inventory/changeFormat.ts';
import { changeSteps } from '../../../src/inventory/changeSteps.ts';
import { detailsModel } from '../../../src/views/details/detailsModel.ts';
import { nodeSteps } from '../../../src/views/tree/nodes.ts';
import { tooltipOf } from '../../../src/views/tree/tooltips.ts';
import { lossesText } from '../../../src/words/losses.ts';
import { changesText } from '../../../src/words/changesDocument.ts';
import { messagesOf } from '../../../src/words/messagesOf.ts';
import { runnerNamed } from '../../sandbox/lookup.ts';
import { plantCredentials } from '../../sandbox/plantCredentials.ts';
import { sampleOrganization } from '../../sandbox/sampleOrganization.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../../sandbox/secretMarker.ts';
import { atOnce } from '../base/atOnce.ts';
import { readyState } from '../inventory/inventoryStates.ts';
import { sampleEntries } from '../inventory/sampleEntries.ts';
import { AS_OF, signInsOf, tokenOf, withStatuses } from '../inventory/withStatuses.ts';

/** As `readAnswer` reads a response. */
function asRead<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (name, field: unknown) =>
    typeof field === 'string' ? redactField(name, field) : field,
  ) as T;
}

describe('secrets', () => {
  const organization = sampleOrganization();
  plantCredentials(organization);
  // What the runner says is then a reason.
  Object.assign(runnerNamed(organization, 'eu-production').status ?? {}, { phase: 'RUNNER_PHASE_DEGRADED' });
  const entries = sampleEntries(asRead(organization));
  const data = {
    runners: entries.flatMap(({ runner }) => runner ?? []),
    integrations: entries.flatMap(({ integrations }) => integrations.map(({ integration }) => integration)),
  };
  const scopes = asRead(organization.tokens?.flatMap((token) => token.scopes ?? []) ?? []);
  const tokens = data.integrations.map(({ runnerId, host }) =>
    tokenOf({ id: SECRET_MARKER, runnerId, host, expiresAt: '2026-11-28T00:00:00Z', scopes }),
  );
  const signIns = signInsOf(tokens);
  const prose = `Cannot reach https://jane:${SECRET_MARKER}@acme.example/x?token=${SECRET_MARKER}`;
  const answers = {
    access: { signedIn: false, wasSignedIn: true, onRecord: [], at: AS_OF },
    validation: {
      ...asRead({ valid: false, errors: [{ field: 'host' as const, text: prose }] }),
      at: AS_OF,
    },
  };
  const runners = withStatuses(data, { signIns, answersOf: () => answers });
  const schemas = Object.values(organization.schemas ?? {}).flatMap(
    (schema) => v.parse(GET_RUNNER_CONFIGURATION_SCHEMA.decoder, { schema: asRead(schema) }).items,
  );
  const messageOf = messagesOf(runners);
  const rows = runners.flatMap((runner) => runner.integrations.map((entry) => ({ entry, runner })));
  const exported = (format: 'csv' | 'json') =>
    Buffer.from(atOnce(exportSteps(rows, format, messageOf, () => undefined))).toString();

  const texts: Record<string, () => string> = {
    'a diagnosis': () => {
      const place = {
        programs: [],
        apiHost: 'app.gitpod.io',
        organization: undefined,
        state: { ...readyState(data), signIns: signIns.signIns },
      };
      return diagnosisText(diagnosisOf(place, runners, runners), diagnosisLeftOut);
    },
    'a CSV export': () => exported('csv'),
    'a JSON export': () => exported('json'),
    'JSON documents': () => runners.map((runner) => jsonText(itemJson(runner, messageOf))).join('\n'),
    'the details': () => {
      const shown = runners.flatMap((runner) => [runner, ...runner.integrations]);
      const facts = { asOf: undefined, pinned: false, apiUrl: DEFAULT_API_URL, signIns: signIns.signIns };
      const models = shown.flatMap((entry) =>
        schemas.map((schema) =>
          detailsModel(entry, runners, { ...facts, schema: { kind: 'known', schema } }),
        ),
      );
      assert.ok(models.some(({ sections }) => JSON.stringify(sections).includes('callback-url')));
      assert.ok(models.some(({ status }) => status?.rows.some(({ key }) => key === 'scopes')));
      return JSON.stringify(models);
    },
    'the tooltips': () =>
      atOnce(nodeSteps(runners))
        .flatMap((node) => [node, ...node.integrations])
        .map((node) => tooltipOf(node, { signIns: signIns.signIns, apiUrl: DEFAULT_API_URL }))
        .join('\n')
        .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
    'the exported API': () => JSON.stringify(new ExportedItems().of(data, runners)),
  };

  for (const [what, textOf] of Object.entries(texts)) {
    it(`are not in ${what}, though statuses come from texts that have them`, () => {
      const text = textOf();
      assert.match(text, /Cannot reach .*\[redacted\]/);
      // What the runner has answered about one of its integrations, which is not the beginning of its own message.
      assert.match(text, /acme\.example\/x\?token=\[redacted\](?!#)/);
      assert.ok(!text.includes(SECRET_MARKER) && !text.includes(SECRET_MARKER_BASE64));
    });
  }

  it('are not in what has changed, though hosts, issuers and directories have them', () => {
    const changed = data.integrations.map((one) => ({
      ...one,
      host: `new.${one.host}`,
      ...(one.oauth && { oauth: { ...one.oauth, issuerUrl: 'https://id.example' } }),
      virtualDirectory: '/other',
    }));
    const gone = data.runners.map((runner) => ({ ...runner, phase: 'RUNNER_PHASE_DELETED' }));
    const loads = [
      data,
      { runners: gone, integrations: changed },
      { runners: gone, integrations: changed.slice(0, 1) },
      data,
    ];
    const at = (load = data) => ({ data: load, asOf: AS_OF });
    const changes = loads.slice(1).flatMap((load, i) => atOnce(changeSteps(at(loads[i]), at(load))));
    const texts = [
      changesJson(
        { origin: 'https://app.gitpod.io', organizationId: 'org' },
        changes.map((change) => ({ change, seenBy: [] })),
      ),
      changesText({ organization: 'Acme', checkedAt: AS_OF, since: undefined, changes }),
      lossesText(changes),
    ];
    for (const field of ['host', 'issuerUrl', 'virtualDirectory']) {
      assert.ok(
        changes.some((change) => change.kind === 'fieldChanged' && change.field === field),
        field,
      );
    }
    for (const text of texts) {
      assert.ok(!text.includes(SECRET_MARKER) && !text.includes(SECRET_MARKER_BASE64));
    }
    assert.match(texts[0] ?? '', /"old":"[^"]*\[redacted\]/);
    assert.match(texts[1] ?? '', /issuer URL .*\[redacted\]/);
  });
});
