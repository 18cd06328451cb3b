import * as v from 'valibot';
import type { Page } from './paging.ts';

/*
 * Decoders from the wire (protobuf JSON) to the domain. Defaults that the wire omits are restored, unknown enum values
 * are kept, and fields that hold secrets end here: what leaves this file cannot be shown, logged or cached by mistake.
 * What leaves it is frozen: it goes to every view, and to other extensions.
 */

const text = v.nullish(v.string(), '');
const flag = v.nullish(v.boolean(), false);

/** An enum by its name; a value that the server's encoder does not know arrives as a number. */
function enumName(prefix: string) {
  return v.pipe(
    v.nullish(v.union([v.string(), v.number()]), `${prefix}_UNSPECIFIED`),
    v.transform((value) => (value === 0 || value === '' ? `${prefix}_UNSPECIFIED` : String(value))),
  );
}

/** A message: an object, and no list, which `v.object` alone would take for one without fields. */
function message<T extends v.ObjectEntries>(entries: T) {
  return v.pipe(
    v.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
    v.object(entries),
    v.transform((fields) => Object.freeze(fields)),
  );
}

/**
 * An answer: a message that has none of its fields but others is somebody else's, e.g. a proxy's
 * `{"error":"login required"}`, and must not look like an empty list.
 */
function answer<T extends v.ObjectEntries>(entries: T) {
  return v.pipe(
    v.custom<object>((value) => {
      const keys = Object.keys(value as object);
      return keys.length === 0 || keys.some((key) => Object.hasOwn(entries, key));
    }),
    message(entries),
  );
}

/** A secret field: only whether something is there is kept. */
const secretSet = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((value) => value !== null && value !== ''),
);

/** Without the properties that are empty: absent says it better, and `exactOptionalPropertyTypes` tells it from undefined. */
type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined | null> };

function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined && field !== null && field !== ''),
  ) as Defined<T>;
}

const oauthConfig = v.pipe(
  message({ clientId: text, issuerUrl: text, encryptedClientSecret: secretSet }),
  v.transform(({ clientId, issuerUrl, encryptedClientSecret }) =>
    Object.freeze({
      ...defined({ clientId, issuerUrl }),
      clientSecretSet: encryptedClientSecret,
    }),
  ),
);

const scmIntegration = v.pipe(
  message({
    id: text,
    runnerId: text,
    scmId: text,
    host: text,
    oauth: v.nullish(oauthConfig),
    pat: flag,
    virtualDirectory: text,
  }),
  v.transform(({ oauth, virtualDirectory, ...rest }) =>
    Object.freeze({ ...rest, ...defined({ oauth, virtualDirectory }) }),
  ),
);

/** An SCM integration: what a runner needs to reach one source-control host. The presence of `oauth` means that OAuth is configured. */
export type ScmIntegration = v.InferOutput<typeof scmIntegration>;

const subject = message({ id: text, principal: enumName('PRINCIPAL') });

const hour = v.nullish(v.pipe(v.number(), v.finite()), 0);

const runnerConfiguration = message({
  region: text,
  releaseChannel: enumName('RUNNER_RELEASE_CHANNEL'),
  autoUpdate: flag,
  logLevel: enumName('LOG_LEVEL'),
  devcontainerImageCacheEnabled: flag,
  continuousProfiling: flag,
  updateWindow: v.nullish(message({ startHour: hour, endHour: hour })),
  metrics: v.nullish(message({ enabled: flag, url: text, managedMetricsEnabled: flag }), {}),
});

const runnerStatus = message({
  phase: enumName('RUNNER_PHASE'),
  message: text,
  updatedAt: text,
  version: text,
  region: text,
  systemDetails: text,
  capabilities: v.nullish(v.array(enumName('RUNNER_CAPABILITY')), []),
  additionalInfo: v.nullish(v.array(message({ key: text, value: text })), []),
  gatewayInfo: v.nullish(
    message({ gateway: v.nullish(message({ name: text, url: text, region: text }), {}) }),
    {},
  ),
});

const runner = v.pipe(
  message({
    runnerId: text,
    name: text,
    kind: enumName('RUNNER_KIND'),
    provider: enumName('RUNNER_PROVIDER'),
    createdAt: text,
    updatedAt: text,
    creator: v.nullish(subject, {}),
    runnerManagerId: text,
    spec: v.nullish(
      message({
        desiredPhase: enumName('RUNNER_PHASE'),
        variant: enumName('RUNNER_VARIANT'),
        configuration: v.nullish(runnerConfiguration, {}),
      }),
      {},
    ),
    status: v.nullish(runnerStatus, {}),
  }),
  v.transform(({ runnerId, spec, status, createdAt, updatedAt, ...rest }) =>
    Object.freeze({
      id: runnerId,
      ...rest,
      ...defined({ createdAt, updatedAt, statusUpdatedAt: status.updatedAt }),
      /** What it is doing, not what is wanted of it (`desiredPhase`). */
      phase: status.phase,
      /** "Adds more context to the phase." */
      message: status.message,
      version: status.version,
      /** Where it really is; the configured region is only a hint. */
      region: status.region || spec.configuration.region,
      capabilities: Object.freeze(status.capabilities),
      systemDetails: status.systemDetails,
      /** What else the runner tells of itself. */
      additionalInfo: Object.freeze(status.additionalInfo),
      gateway: status.gatewayInfo.gateway,
      desiredPhase: spec.desiredPhase,
      variant: spec.variant,
      releaseChannel: spec.configuration.releaseChannel,
      autoUpdate: spec.configuration.autoUpdate,
      logLevel: spec.configuration.logLevel,
      devcontainerImageCacheEnabled: spec.configuration.devcontainerImageCacheEnabled,
      continuousProfiling: spec.configuration.continuousProfiling,
      /** Hours of the day (UTC) between which it may update itself. */
      ...defined({ updateWindow: spec.configuration.updateWindow }),
      metrics: spec.configuration.metrics,
    }),
  ),
);

/** A runner, with its status beside it. Enums stand by the API's names, e.g. `RUNNER_PHASE_ACTIVE`. */
export type Runner = v.InferOutput<typeof runner>;

const nextToken = v.pipe(
  v.nullish(message({ nextToken: text }), {}),
  v.transform((pagination) => pagination.nextToken || undefined),
);

export const listScmIntegrationsResponse = v.pipe(
  answer({ integrations: v.nullish(v.array(scmIntegration), []), pagination: nextToken }),
  v.transform((list): Page<ScmIntegration> => ({
    items: list.integrations,
    nextToken: list.pagination,
  })),
);

export const listRunnersResponse = v.pipe(
  answer({ runners: v.nullish(v.array(runner), []), pagination: nextToken }),
  v.transform((list): Page<Runner> => ({ items: list.runners, nextToken: list.pagination })),
);

export const authenticatedIdentityResponse = v.pipe(
  answer({
    subject: v.nullish(subject, {}),
    organizationId: text,
  }),
  v.transform(({ subject, organizationId }) =>
    Object.freeze({ subjectId: subject.id, principal: subject.principal, organizationId }),
  ),
);

/** Who a key belongs to. A key belongs to one organization. */
export type AuthenticatedIdentity = v.InferOutput<typeof authenticatedIdentityResponse>;

export const organizationResponse = v.pipe(
  answer({ organization: v.nullish(message({ id: text, name: text }), {}) }),
  v.transform(({ organization }) => organization),
);

export type Organization = v.InferOutput<typeof organizationResponse>;

export const authenticatedUserResponse = v.pipe(
  answer({ user: v.nullish(message({ id: text, name: text }), {}) }),
  v.transform(({ user }) => user),
);

export type User = v.InferOutput<typeof authenticatedUserResponse>;
