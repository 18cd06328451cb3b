import type { Call } from './call.ts';
import { answer, enumName, text } from './wire.ts';

/**
 * Something in the organization has changed (`Event` in the API reference, section 6). It does not say how: only
 * reading the resource again does.
 */
export interface ResourceEvent {
  /** The API's name, e.g. `RESOURCE_OPERATION_UPDATE_STATUS`. */
  readonly operation: string;
  /** The API's name, e.g. `RESOURCE_TYPE_RUNNER`. `RESOURCE_TYPE_UNSPECIFIED` shows only that the stream is alive. */
  readonly resourceType: string;
  readonly resourceId: string;
}

/** The resources whose events are of interest. Of integrations, the API may send none. */
export const WATCHED = {
  runner: 'RESOURCE_TYPE_RUNNER',
  integration: 'RESOURCE_TYPE_RUNNER_SCM_INTEGRATION',
  signIn: 'RESOURCE_TYPE_HOST_AUTHENTICATION_TOKEN',
} as const;

/** The request for events of the whole organization, as far as the key has access to it. */
export const WATCH_REQUEST = {
  organization: true,
  resourceTypeFilters: Object.values(WATCHED).map((resourceType) => ({ resourceType })),
};

/** A stream. Its decoder is for one message. */
export const WATCH_EVENTS: Call<ResourceEvent> = {
  path: 'gitpod.v1.EventService/WatchEvents',
  noSideEffects: true,
  decoder: answer({
    operation: enumName('RESOURCE_OPERATION'),
    resourceType: enumName('RESOURCE_TYPE'),
    resourceId: text,
  }),
};
