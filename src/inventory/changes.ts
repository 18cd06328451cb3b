import type { RunnerRole } from './groups.ts';

/*
 * What differs between two complete loads. A change has everything that is needed to describe it later, when the item
 * may be gone. It contains no secret, because items contain none, and can be stored as JSON (`changeFormat.ts`).
 */

/** The runner that has changed, or whose integration has changed. */
export interface ChangedRunner {
  readonly id: string;
  /** Empty if it has none, or is not in the list of runners. */
  readonly name: string;
  readonly role: RunnerRole;
  /** The API's name, e.g. `RUNNER_KIND_REMOTE`; empty if the runner is not in the list. */
  readonly kind: string;
}

export interface ChangedIntegration {
  /** Empty if the API sent none. */
  readonly id: string;
  readonly scmId: string;
  /** As it is now, if it has changed. */
  readonly host: string;
}

export type SignInMethod = 'oauth' | 'pat';

export type ChangedField = 'host' | 'clientId' | 'issuerUrl' | 'virtualDirectory';

interface AnyChange {
  /** `refKey` of the item as it is now, or as it was last. */
  readonly key: string;
  readonly runner: ChangedRunner;
  /** When the item was last seen as it was before: the change happened after that. */
  readonly since: Date;
  /** When the change was seen. */
  readonly at: Date;
}

/** An item came or went. */
interface PresenceChange extends AnyChange {
  /** Present if the item may have existed all the time, and only the key may see more or less than before. */
  readonly byVisibility?: true;
}

/** A value became another one. Either is empty if there was or is none. */
interface ValueChange extends AnyChange {
  readonly old: string;
  readonly new: string;
}

interface OfIntegration {
  readonly integration: ChangedIntegration;
}

export type IntegrationChange = OfIntegration &
  (
    | (PresenceChange & {
        readonly kind: 'integrationAdded' | 'integrationRemoved';
        readonly methods: readonly SignInMethod[];
      })
    | (AnyChange & { readonly kind: 'methodChanged'; readonly method: SignInMethod; readonly isOn: boolean })
    | (ValueChange & { readonly kind: 'fieldChanged'; readonly field: ChangedField })
  );

export type RunnerChange =
  | (PresenceChange & {
      readonly kind: 'runnerAdded' | 'runnerRemoved';
      /** The API's name, e.g. `RUNNER_PHASE_ACTIVE`; empty for the shared local configuration, which has none. */
      readonly phase: string;
      /** How many integrations came or went with it. They are not changes of their own. */
      readonly integrations: number;
    })
  | (ValueChange & {
      /** The API's names of phases, or versions. */
      readonly kind: 'phaseChanged' | 'versionChanged';
    });

export type Change = IntegrationChange | RunnerChange;
