import type { Subject } from '../api/identity.ts';
import type { ConfigurationProblem } from './configurationProblems.ts';

/** The API call that a statement about an item comes from. */
export type Source =
  | 'ListRunners'
  | 'ListSCMIntegrations'
  | 'ListHostAuthenticationTokens'
  | 'CheckAuthenticationForHost'
  | 'ValidateRunnerConfiguration';

/** A field of an integration that a runner found invalid. */
export interface FieldError {
  readonly field: 'scmId' | 'host' | 'oauth' | 'pat';
  /** As the runner says it. */
  readonly text: string;
}

interface AnyReason {
  readonly source: Source;
  /** When the source said so; undefined if that is not known. */
  readonly at: Date | undefined;
}

interface Attention extends AnyReason {
  readonly status: 'attention';
}

interface Broken extends AnyReason {
  readonly status: 'broken';
}

/** Why an integration needs attention or is broken. */
export type IntegrationReason =
  | (Broken & { readonly code: 'noSignIn' })
  /** The runner found fields invalid; there is at least one. */
  | (Broken & { readonly code: 'invalid'; readonly errors: readonly FieldError[] })
  /** The runner has found fault with OAuth alone, but the client secret was not sent to it. */
  | (Attention & { readonly code: 'oauthNotValidated'; readonly text: string })
  /** The runner found the configuration invalid, but did not say why. */
  | (Attention & { readonly code: 'invalidWithoutReason' })
  | (Attention & { readonly code: Exclude<ConfigurationProblem, 'noSignIn' | 'duplicateHost'> })
  /** A personal access token ends soon, or has ended, and no other sign-in is on record that stays. */
  | (Attention & {
      readonly code: 'tokenEnding' | 'tokenEnded';
      readonly endsAt: Date;
      /** Days of the calendar until then: 0 for today, negative if it has ended earlier. */
      readonly days: number;
      /** Whose token it is. */
      readonly subject: Subject;
    })
  /** A sign-in is on record, or the runner confirmed it before, but now it says that there is none. */
  | (Attention & {
      readonly code: 'signedOut';
      /** Whose sign-in it was; undefined if that is not known. */
      readonly subject: Subject | undefined;
    });

/** Why a runner needs attention or is broken. */
export type RunnerReason =
  | (Broken & { readonly code: 'offline'; readonly message: string })
  | (Attention & { readonly code: 'degraded'; readonly message: string })
  | (Attention & { readonly code: 'noIntegrations' })
  /** Integrations of the runner have the same host and virtual directory. */
  | (Attention & { readonly code: 'duplicateHost'; readonly host: string; readonly count: number });

export type Reason = IntegrationReason | RunnerReason;

export type ReasonCode = Reason['code'];
