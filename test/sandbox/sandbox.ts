import type { JsonValue } from '@bufbuild/protobuf';
import type { KeyPair } from './certificates.ts';
import type { Faults } from './fault.ts';
import type { OrganizationJson } from './gen/gitpod/v1/organization_pb.js';
import type { SCMIntegrationJson } from './gen/gitpod/v1/runner_configuration_pb.js';
import type { RunnerJson } from './gen/gitpod/v1/runner_pb.js';
import type { UserJson } from './gen/gitpod/v1/user_pb.js';
import type { SandboxMethod } from './methods.ts';

/**
 * What an organization has, in the API's JSON names. Everything may be edited while the sandbox runs. An enum value
 * this API version does not know is written as a number: `phase: 99 as never`.
 */
export interface SandboxOrganization {
  profile: OrganizationJson & { id: string };
  /** The free text GetAuthenticatedIdentity answers, such as "free_ona". */
  tier: string;
  /** Who a user's key belongs to. */
  user: UserJson & { id: string };
  runners: RunnerJson[];
  integrations: SCMIntegrationJson[];
}

/** Whom a key belongs to. Without an organization: the sandbox's own. */
export type SandboxAccount =
  | { principal: 'user'; organization?: SandboxOrganization }
  | { principal: 'serviceAccount'; id: string; organization?: SandboxOrganization };

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  apiKey?: string;
  organization?: SandboxOrganization;
  latencyMs?: number;
  /** Speaks HTTP/1.1 over TLS with this pair; plain HTTP without. */
  tls?: KeyPair;
}

export interface RecordedRequest {
  /** Undefined where no call lives at the path. */
  readonly method: SandboxMethod | undefined;
  readonly path: string;
  readonly httpMethod: string;
  /** The client's port, so the same for every call on a connection; 0 where it was gone already. */
  readonly remotePort: number;
  /** Milliseconds since the sandbox started. */
  readonly at: number;
  readonly headers: {
    /** Whether the key came along, never the key. */
    readonly authorization: 'absent' | 'valid' | 'invalid';
    readonly connection: string | undefined;
    readonly contentType: string | undefined;
    readonly userAgent: string | undefined;
  };
  /** Undefined where the body is empty or no JSON. */
  readonly body: JsonValue | undefined;
  /** Requests that waited for an answer when this one arrived, itself included. */
  readonly inFlight: number;
}

export interface Sandbox {
  /** The API's base URL, such as `http://127.0.0.1:41234/api`; `https` with `SandboxOptions.tls`. */
  readonly url: string;
  /** Where it is inspected and changed over HTTP, such as `http://127.0.0.1:41234/sandbox`. */
  readonly controlUrl: string;
  readonly apiKey: string;
  /** Every valid key; `apiKey` is one of them, for a user. Delete it and it has expired. */
  readonly keys: Map<string, SandboxAccount>;
  organization: SandboxOrganization;
  /** Passes before every answer of the API. */
  latencyMs: number;
  readonly faults: Faults;
  readonly requests: readonly RecordedRequest[];
  /** TCP connections opened since the start or the last `resetRecords`, failed TLS handshakes included. */
  readonly connections: number;
  /**
   * Bytes of `large` faults since the start or the last `resetRecords`, counted as they go to the connection: its buffers
   * take a few megabytes more than the client reads.
   */
  readonly largeBytesWritten: number;
  /** Forgets what was counted and recorded; open connections stay open. */
  resetRecords(): void;
  /** Resets every connection that no request is waiting on, as a proxy that restarts would. */
  dropIdleConnections(): void;
  /** Destroys open connections too. */
  close(): Promise<void>;
}
