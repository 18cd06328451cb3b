import type { HostAuthenticationToken } from '../../../src/api/hostAuthenticationTokens.ts';
import type { Runner } from '../../../src/api/runners.ts';
import type { RunnerSchema } from '../../../src/api/runnerSchema.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import type { InventoryData } from '../../../src/inventory/model.ts';
import { nextStatusChange } from '../../../src/inventory/nextStatusChange.ts';
import { SignInIndex } from '../../../src/inventory/signInIndex.ts';
import type { Answers, OrganizationFacts } from '../../../src/inventory/statusFacts.ts';
import { integrationOf, runnerOf } from './fixtures.ts';
import { apiError } from './load/memoryClient.ts';
import { AS_OF, JANE, tokenOf } from './withStatuses.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const RUNNER_IDS = Array.from({ length: 4 }, (_, i) => `0000000${i}-0000-4000-8000-000000000000`);
const INTEGRATION_IDS = Array.from({ length: 6 }, (_, i) => `1000000${i}-0000-4000-8000-000000000000`);
const HOSTS = [
  'github.com',
  'GitHub.com.',
  'gitlab.acme.example:8443',
  'dev.azure.com',
  'dev.azure.com/acme',
  '',
];
const ACCESS = [
  {},
  { access: { signedIn: true, at: AS_OF, wasSignedIn: true } },
  { access: { signedIn: false, at: AS_OF, wasSignedIn: true } },
  { access: { signedIn: false, at: AS_OF, wasSignedIn: false } },
  {
    access: { signedIn: true, at: AS_OF, wasSignedIn: true },
    validation: { valid: true, errors: [], at: AS_OF },
  },
  { validation: { valid: false, errors: [], at: AS_OF } },
  { validation: { valid: false, errors: [{ field: 'oauth', text: 'x' }], at: AS_OF } },
  { validation: { valid: false, errors: [{ field: 'host', text: 'y' }], at: AS_OF } },
] as const satisfies readonly Answers[];

/** An organization, and what is known of it, which changes at random. */
export class ChangingOrganization {
  readonly #random: () => number;
  #runners: readonly Runner[] = [];
  #integrations: readonly ScmIntegration[] = [];
  #tokens: readonly HostAuthenticationToken[] | undefined;
  #isPartial = false;
  #marks: Omit<InventoryData, 'runners' | 'integrations'> = {};
  #schemas = new Map<string, RunnerSchema>();
  #inherited = new Set<string>();
  #answers = new Map<string, Answers>();
  #asOf: Date | undefined;
  now = AS_OF;
  data: InventoryData = { runners: [], integrations: [] };

  /** @param random a number from 0 to 1, each time another one */
  constructor(random: () => number) {
    this.#random = random;
  }

  get facts(): OrganizationFacts {
    const signIns = this.#tokens && {
      subject: JANE,
      tokens: this.#tokens,
      asOf: AS_OF,
      ...(this.#isPartial && { isPartial: true as const }),
    };
    return {
      asOf: this.#asOf,
      hasIntegrations: this.#integrations.length > 0,
      signIns: signIns && new SignInIndex(signIns),
      schemaOf: (id) => this.#schemas.get(id),
      isKnownInherited: ({ ref }) => this.#inherited.has(ref.id),
      answersOf: ({ ref }) => this.#answers.get(ref.runnerId + ref.id) ?? {},
    };
  }

  /** When a status changes without another fact. */
  get next(): Date | undefined {
    const at = [...this.#answers.values()].flatMap((answers) =>
      Object.values(answers as Record<string, { at: Date }>).map((answer) => answer.at),
    );
    return nextStatusChange(this.facts.signIns?.signIns, at, this.now);
  }

  /** @returns what has changed */
  change(): string {
    const changes: Readonly<Record<string, () => void>> = {
      runners: () => {
        this.#runners = this.#some(RUNNER_IDS).map((id) => this.#runner(id));
      },
      runner: () => {
        this.#runners = this.#runners.map((runner) =>
          this.#random() < 0.3 ? this.#runner(runner.id) : runner,
        );
      },
      integrations: () => {
        this.#integrations = this.#some(INTEGRATION_IDS).map((id) => this.#integration(id));
      },
      integration: () => {
        this.#integrations = this.#integrations.map((one) =>
          this.#random() < 0.3 ? this.#integration(one.id) : one,
        );
      },
      tokens: () => {
        this.#tokens =
          this.#random() < 0.2 ? undefined : this.#some(['a', 'b', 'c', 'd']).map((id) => this.#token(id));
        this.#isPartial = this.#random() < 0.2;
      },
      marks: () => {
        const error = this.#random() < 0.5 ? apiError() : undefined;
        this.#marks = {
          ...(this.#random() < 0.3 && { completeRunnerIds: new Set(this.#some(RUNNER_IDS)) }),
          ...(error && {
            runnerErrors: new Map(this.#some(RUNNER_IDS).map((id) => [id, error])),
          }),
        };
      },
      schema: () => {
        const id = this.#one(RUNNER_IDS);
        const method = { callbackUrl: '' };
        const pat = { description: '', docsUrl: '' };
        const kinds = [{ oauth: method, pat }, { oauth: method }, { pat }, {}];
        const providers = ['github', 'forgejo'].map((scmId) => ({
          scmId,
          name: scmId,
          defaultHosts: [],
          ...this.#one(kinds),
        }));
        this.#schemas = new Map(
          this.#random() < 0.2 ? [] : [...this.#schemas, [id, { version: '1', providers }]],
        );
      },
      inherited: () => {
        this.#inherited = new Set(this.#some(INTEGRATION_IDS));
      },
      answers: () => {
        const keys = RUNNER_IDS.flatMap((runnerId) => INTEGRATION_IDS.map((id) => runnerId + id));
        const at = new Date(this.now.getTime() - (this.#random() - 0.2) * 40 * HOUR);
        this.#answers = new Map(
          this.#some(keys).map((key) => [
            key,
            Object.fromEntries(
              Object.entries(this.#one(ACCESS)).map(([kind, answer]) => [kind, { ...answer, at }]),
            ),
          ]),
        );
      },
      asOf: () => {
        this.#asOf = this.#random() < 0.2 ? undefined : new Date(AS_OF);
      },
      now: () => {
        this.now = new Date(this.now.getTime() + (this.#random() - 0.2) * 3 * DAY);
      },
    };
    const name = this.#one(Object.keys(changes));
    changes[name]?.();
    this.data = { runners: this.#runners, integrations: this.#integrations, ...this.#marks };
    return name;
  }

  #runner(id: string): Runner {
    return runnerOf({
      id,
      kind: `RUNNER_KIND_${this.#one(['REMOTE', 'REMOTE', 'LOCAL', 'LOCAL_CONFIGURATION', 'UNSPECIFIED'])}`,
      phase: `RUNNER_PHASE_${this.#one(['ACTIVE', 'ACTIVE', 'DEGRADED', 'INACTIVE', 'CREATED', 'DELETING', '77'])}`,
      message: this.#one(['', 'disk pressure']),
      runnerManagerId: this.#one(['', '', 'manager']),
      ...(this.#random() < 0.3 && { statusUpdatedAt: this.#one(['2026-11-27T13:00:00Z', 'never']) }),
    });
  }

  #integration(id: string): ScmIntegration {
    return integrationOf({
      id: this.#one([id, id, 'static-scm-1']),
      runnerId: this.#one([...RUNNER_IDS, 'gone']),
      host: this.#one(HOSTS),
      scmId: this.#one(['github', 'forgejo', 'azuredevops_entra', 'azuredevops_server']),
      pat: this.#random() < 0.5,
      ...(this.#random() < 0.5 && { oauth: { clientId: 'client', clientSecretSet: true } }),
      ...(this.#random() < 0.3 && { virtualDirectory: '/tfs' }),
    });
  }

  #token(id: string): HostAuthenticationToken {
    return tokenOf({
      id,
      runnerId: this.#one(RUNNER_IDS),
      host: this.#one(HOSTS),
      source: `HOST_AUTHENTICATION_TOKEN_SOURCE_${this.#one(['PAT', 'PAT', 'OAUTH'])}`,
      integrationId: this.#one(['', '', ...INTEGRATION_IDS]),
      ...(this.#random() < 0.8 && {
        expiresAt: new Date(this.now.getTime() + (this.#random() - 0.3) * 20 * DAY).toISOString(),
      }),
    });
  }

  #one<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)] as T;
  }

  #some<T>(choices: readonly T[]): readonly T[] {
    return choices.filter(() => this.#random() < 0.6);
  }
}
