import type { JsonValue } from '@bufbuild/protobuf';
import type { KeyPair } from './certificates.ts';
import type { Faults } from './fault.ts';
import type { OrganizationJson } from './gen/gitpod/v1/organization_pb.js';
import type {
  HostAuthenticationTokenJson,
  RunnerConfigurationSchemaJson,
  SCMIntegrationJson,
  SCMIntegrationValidationResultJson,
} from './gen/gitpod/v1/runner_configuration_pb.js';
import type { CheckAuthenticationForHostResponseJson, RunnerJson } from './gen/gitpod/v1/runner_pb.js';
import type { UserJson } from './gen/gitpod/v1/user_pb.js';
import type { EventJson } from './eventStreams.ts';
import type { SandboxProcedure } from './methods.ts';
import type { ConnectError } from '@connectrpc/connect';

/**
 * An organization's data, in the API's JSON names. Everything may be edited while the sandbox runs. An enum value
 * unknown to this API version is written as a number: `phase: 99 as never`.
 */
export interface SandboxOrganization {
  profile: OrganizationJson & { id: string };
  /** The free text that GetAuthenticatedIdentity returns, such as "free_ona". */
  tier: string;
  /** The owner of user keys. */
  user: UserJson & { id: string };
  runners: RunnerJson[];
  integrations: SCMIntegrationJson[];
  /** Sign-ins to hosts, of anybody; none by default. */
  tokens?: HostAuthenticationTokenJson[];
  /** The IDs of integrations that only the list has, because they are inherited; none by default. */
  inheritedIds?: string[];
  /** What can be configured on a runner, by runner ID; not known by default. */
  schemas?: Record<string, RunnerConfigurationSchemaJson>;
  /** What runners say about sign-ins to hosts; otherwise it follows from `tokens` and `integrations`. */
  access?: RunnerAnswers<CheckAuthenticationForHostResponseJson>[];
  /** What runners say about configurations; otherwise all with a sign-in method are valid. Null is no result. */
  validations?: RunnerAnswers<SCMIntegrationValidationResultJson | null>[];
}

/** What a runner answers about a host, one call after the other. The last answer repeats. */
export interface RunnerAnswers<T> {
  runnerId: string;
  /** As the client sends it. */
  host: string;
  answers: T[];
}

/** A key's owner. Without an organization: the sandbox's own. */
export type SandboxAccount =
  | { principal: 'user'; organization?: SandboxOrganization }
  | { principal: 'serviceAccount'; id: string; organization?: SandboxOrganization };

export interface SandboxOptions {
  /** 0, the default, picks a free one. */
  port?: number;
  apiKey?: string;
  organization?: SandboxOrganization;
  latencyMs?: number;
  /** See `Sandbox.keepAliveMs`. */
  keepAliveMs?: number;
  /** Serves HTTP/1.1 over TLS with this pair; plain HTTP without. */
  tls?: KeyPair;
}

export interface RecordedRequest {
  /** Undefined if the path has no call. */
  readonly method: SandboxProcedure | undefined;
  readonly path: string;
  readonly httpMethod: string;
  /** The client's port, so the same for every call on a connection; 0 if it was already gone. */
  readonly remotePort: number;
  /** Milliseconds since the sandbox started. */
  readonly at: number;
  readonly headers: {
    /** Whether a key was sent, never the key itself. */
    readonly authorization: 'absent' | 'valid' | 'invalid';
    readonly connection: string | undefined;
    readonly contentType: string | undefined;
    readonly userAgent: string | undefined;
  };
  /** Undefined if the body is empty or not JSON. */
  readonly body: JsonValue | undefined;
  /** Unanswered requests when this one arrived, including itself. */
  readonly inFlight: number;
}

export interface Sandbox {
  /** The API's base URL, such as `http://127.0.0.1:41234/api`; `https` with `SandboxOptions.tls`. */
  readonly url: string;
  /** The URL to inspect and change it over HTTP, such as `http://127.0.0.1:41234/sandbox`. */
  readonly controlUrl: string;
  readonly apiKey: string;
  /** All valid keys, including `apiKey`, a user's. Delete a key to make it expire. */
  readonly keys: Map<string, SandboxAccount>;
  organization: SandboxOrganization;
  /** Delay before every answer of the API. */
  latencyMs: number;
  /** Milliseconds between the events that keep a stream alive. */
  keepAliveMs: number;
  /** Open streams of events. */
  readonly openStreams: number;
  /** Sends events to all open streams that ask for them. Edits of the organization alone send none. */
  emit(...events: EventJson[]): void;
  /** Ends all streams of events, with an error or without. */
  endStreams(error?: ConnectError): void;
  readonly faults: Faults;
  readonly requests: readonly RecordedRequest[];
  /** TCP connections opened since the start or the last `resetRecords`, including failed TLS handshakes. */
  readonly connections: number;
  /**
   * Bytes of `large` faults since the start or the last `resetRecords`, counted when written to the connection: its
   * buffers take a few megabytes more than the client reads.
   */
  readonly largeBytesWritten: number;
  /** Clears counts and records; open connections stay open. */
  resetRecords(): void;
  /** Resets every connection without a pending request, like a restarting proxy. */
  dropIdleConnections(): void;
  /** Also destroys open connections. */
  close(): Promise<void>;
}
