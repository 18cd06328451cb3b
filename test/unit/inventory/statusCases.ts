import assert from 'node:assert/strict';
import type { HostAuthenticationToken } from '../../../src/api/hostAuthenticationTokens.ts';
import type { Runner } from '../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import type { ItemEntry } from '../../../src/inventory/groups.ts';
import type { InventoryData } from '../../../src/inventory/model.ts';
import type { AccessAnswer, Answers, ValidationAnswer } from '../../../src/inventory/statusFacts.ts';
import { integrationOf, runnerOf } from './fixtures.ts';
import { AS_OF, signInsOf, tokenOf, withStatuses } from './withStatuses.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const RUNNER = '11111111-1111-4111-8111-111111111111';
export const INTEGRATION = '22222222-2222-4222-8222-222222222222';
export const OTHER = '33333333-3333-4333-8333-333333333333';
export const OAUTH = { clientId: 'client', clientSecretSet: true };
export const ISSUER = 'https://login.microsoftonline.com/acme.example/v2.0';

export const ago = (ms: number) => new Date(AS_OF.getTime() - ms);
export const inFuture = (ms: number) => new Date(AS_OF.getTime() + ms).toISOString();

/** One runner with one integration, and what is known of them. */
export interface Given {
  readonly runner?: Partial<Runner> | 'unknown';
  /** The integration; null for none. */
  readonly integration?: Partial<ScmIntegration> | null;
  readonly others?: readonly Partial<ScmIntegration>[];
  readonly tokens?: readonly Partial<HostAuthenticationToken>[];
  readonly answers?: Answers;
  readonly data?: Partial<InventoryData>;
  readonly isKnownInherited?: boolean;
}

export interface StatusCase extends Given {
  readonly when: string;
  /** Own status and reasons, e.g. `broken: offline`. */
  readonly expectRunner?: string;
  /** Own status, effective status if it differs, and reasons, e.g. `unchecked (broken)`. */
  readonly expectIntegration?: string;
}

export const signedIn = (at: Date): AccessAnswer => ({ signedIn: true, at, wasSignedIn: true });
export const notSignedIn = (at: Date, wasSignedIn = false): AccessAnswer => ({
  signedIn: false,
  at,
  wasSignedIn,
});
export const invalid = (...errors: ValidationAnswer['errors']): ValidationAnswer => ({
  valid: false,
  errors,
  at: ago(HOUR),
});
export const PAT_OF = (expiresAt?: string) => ({
  runnerId: RUNNER,
  ...(expiresAt !== undefined && { expiresAt }),
});
export const OAUTH_TOKEN = { runnerId: RUNNER, source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH' };
export const MANAGED = { provider: 'RUNNER_PROVIDER_MANAGED', runnerManagerId: OTHER };
export const INACTIVE = 'RUNNER_PHASE_INACTIVE';
export const DEGRADED = 'RUNNER_PHASE_DEGRADED';

/** Nothing is known against it. */
export const CALM = 'unchecked';

/** The entries that follow from what is given. */
export function entriesOf(given: Given) {
  const { runner = {}, integration = {}, others = [], tokens, answers = {}, data = {} } = given;
  const own = integration === null ? [] : [{ id: INTEGRATION, ...integration }, ...others];
  const integrations = own.map((fields) => integrationOf({ runnerId: RUNNER, ...fields }));
  // Another runner has an integration, so the key may see some.
  const elsewhere = integrationOf({ id: 'elsewhere', runnerId: OTHER });
  const [first] = withStatuses(
    {
      runners: runner === 'unknown' ? [] : [runnerOf({ id: RUNNER, ...runner })],
      integrations: [...integrations, elsewhere],
      ...data,
    },
    {
      signIns: tokens && signInsOf(tokens.map(tokenOf)),
      answersOf: ({ ref }) => (ref.id === (integration?.id ?? INTEGRATION) ? answers : {}),
      isKnownInherited: () => given.isKnownInherited === true,
    },
  );
  assert.ok(first);
  return {
    runner: first,
    integration: first.integrations.find(({ ref }) => ref.id === (integration?.id ?? INTEGRATION)),
  };
}

/** A status in one line, e.g. `attention (broken): directoryUnused`. */
function summary({ status: { own, effective, reasons } }: ItemEntry): string {
  const state = own === effective ? own : `${own} (${effective})`;
  const codes = reasons.map(({ code }) => code).join(' ');
  return codes === '' ? state : `${state}: ${codes}`;
}

/** A test for each case. */
export function testStatuses(title: string, cases: readonly StatusCase[]): void {
  for (const { when, expectRunner, expectIntegration, ...given } of cases) {
    it(`${title} ${when}`, () => {
      const { runner, integration } = entriesOf(given);
      if (expectRunner !== undefined) {
        assert.equal(summary(runner), expectRunner, 'the runner');
      }
      if (expectIntegration !== undefined) {
        assert.ok(integration);
        assert.equal(summary(integration), expectIntegration, 'the integration');
      }
    });
  }
}
