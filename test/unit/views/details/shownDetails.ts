import assert from 'node:assert/strict';
import { DEFAULT_API_URL } from '../../../../src/account/apiUrl.ts';
import type { Subject } from '../../../../src/api/identity.ts';
import type { HostAuthenticationToken } from '../../../../src/api/hostAuthenticationTokens.ts';
import type { Runner } from '../../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import { type ItemChecks, NO_CHECKS } from '../../../../src/checks/checkState.ts';
import type { Answers } from '../../../../src/inventory/statusFacts.ts';
import { detailsModel } from '../../../../src/views/details/detailsModel.ts';
import type { DetailsModel, DetailsStatus } from '../../../../src/views/details/protocol.ts';
import { wayOutsOf } from '../../../../src/views/details/statusSection.ts';
import type { WayOut } from '../../../../src/words/reasons.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { AS_OF, JANE, signInsOf, tokenOf, withStatuses } from '../../inventory/withStatuses.ts';

export const RUNNER_ID = '11111111-2222-4333-8444-555555555555';

export interface World {
  readonly runner?: Partial<Runner>;
  readonly integrations?: readonly Partial<ScmIntegration>[];
  readonly tokens?: readonly Partial<HostAuthenticationToken>[];
  /** The owner of the key, by default Jane. */
  readonly subject?: typeof JANE;
  /** What the runner was asked about every integration. */
  readonly checks?: Partial<ItemChecks>;
  readonly now?: Date;
}

export interface Shown {
  readonly model: DetailsModel;
  readonly status: DetailsStatus;
  readonly wayOuts: ReadonlyMap<string, WayOut>;
}

/** The details of the runner, or of its first integration. */
export function showDetails(what: 'runner' | 'integration', world: World): Shown {
  const { integrations = [{}], tokens, subject = JANE, checks, now } = world;
  const index =
    tokens &&
    signInsOf(
      tokens.map((one) => tokenOf({ runnerId: RUNNER_ID, ...one })),
      subject,
    );
  const ofItem = { ...NO_CHECKS, ...checks };
  const runners = withStatuses(
    {
      runners: [runnerOf({ id: RUNNER_ID, name: 'eu-1', ...world.runner })],
      integrations: integrations.map((fields, i) =>
        integrationOf({ id: `id-${i}`, runnerId: RUNNER_ID, ...fields }),
      ),
    },
    { signIns: index, answersOf: () => answersIn(ofItem, subject) },
    now,
  );
  const [runner] = runners;
  const entry = what === 'runner' ? runner : runner?.integrations[0];
  assert.ok(entry);
  const facts = {
    asOf: AS_OF,
    pinned: false,
    apiUrl: DEFAULT_API_URL,
    signIns: index?.signIns,
    subject,
    checksOf: () => ofItem,
  };
  const model = detailsModel(entry, runners, facts);
  assert.ok(model.status);
  return { model, status: model.status, wayOuts: wayOutsOf(entry, runners, facts) };
}

/** The values of the rows of a status, by label. */
export function rowsOf({ rows }: DetailsStatus): Record<string, string[]> {
  return Object.fromEntries(rows.map(({ label, values }) => [label, values.map(({ text }) => text)]));
}

/** The answers that a status follows from, as the store gives them. */
export function answersIn({ access, validation }: ItemChecks, subject?: Subject): Answers {
  return {
    ...(access.lastAnswer && {
      access: { ...access.lastAnswer.result, at: access.lastAnswer.at, ...(subject && { subject }) },
    }),
    ...(validation.lastAnswer && {
      validation: { ...validation.lastAnswer.result, at: validation.lastAnswer.at },
    }),
  };
}
