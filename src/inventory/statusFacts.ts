import type { Subject } from '../api/identity.ts';
import type { RunnerSchema } from '../api/runnerSchema.ts';
import type { IntegrationEntry, RunnerEntry } from './groups.ts';
import type { FieldError } from './reasons.ts';
import type { SignInIndex } from './signInIndex.ts';

/** What a runner answered about somebody's access to the host of an integration. */
export interface AccessAnswer {
  readonly signedIn: boolean;
  readonly at: Date;
  /** Whether an earlier answer was that somebody is signed in. */
  readonly wasSignedIn: boolean;
  /**
   * The sign-ins that were on record when the runner was asked (`signInKey`) or, if none were, the first ones after that;
   * absent if that was not known.
   */
  readonly onRecord?: readonly string[];
  /** Whose access it is; absent if that is not known. */
  readonly subject?: Subject;
}

/** What a runner answered about the configuration of an integration. No secret was sent to it. */
export interface ValidationAnswer {
  readonly valid: boolean;
  readonly errors: readonly FieldError[];
  readonly at: Date;
}

/** The last answers about an integration, however old. */
export interface Answers {
  readonly access?: AccessAnswer;
  readonly validation?: ValidationAnswer;
}

/** What the statuses of an organization are derived from, besides its rows. */
export interface OrganizationFacts {
  /** When the lists were last read completely; undefined if they never were. */
  readonly asOf: Date | undefined;
  /** Whether any runner has an integration that the key may see. */
  readonly hasIntegrations: boolean;
  /** Undefined if it is not known which sign-ins are on record. */
  readonly signIns: SignInIndex | undefined;
  /** What a runner offers; undefined if it has not said so. */
  readonly schemaOf: (runnerId: string) => RunnerSchema | undefined;
  /** Whether the API has said that the integration has no resource of its own, because it is inherited. */
  readonly isKnownInherited: (entry: IntegrationEntry) => boolean;
  readonly answersOf: (entry: IntegrationEntry) => Answers;
}

/** What the status of a runner, or of one of its integrations, is derived from. */
export interface StatusFacts extends OrganizationFacts {
  /** With its status, if the status of an integration is derived. */
  readonly runner: RunnerEntry;
}
