import type { ServerResponse } from 'node:http';
import type { JsonValue } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { codeFromString } from '@connectrpc/connect/protocol-connect';
import * as v from 'valibot';
import type { FaultedCall } from './faultedCall.ts';
import type { SandboxProcedure } from './methods.ts';
import { sendLarge } from './sendLarge.ts';

const connectCodes = [
  'canceled',
  'unknown',
  'invalid_argument',
  'deadline_exceeded',
  'not_found',
  'already_exists',
  'permission_denied',
  'resource_exhausted',
  'failed_precondition',
  'aborted',
  'out_of_range',
  'unimplemented',
  'internal',
  'unavailable',
  'data_loss',
  'unauthenticated',
] as const;

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** The properties that limit which calls a fault affects. */
const scope = {
  /** How often the fault happens before it is cleared; indefinitely if unset. */
  times: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Only calls that name at least one of these, usually in their filter. */
  runnerIds: v.exactOptional(v.array(v.string())),
  /** Only calls that name no runner. */
  unfiltered: v.exactOptional(v.literal(true)),
};
const headers = v.exactOptional(v.record(v.string(), v.string()));

const SimpleFaultSchema = v.variant('kind', [
  /** A Connect error; `value` of a detail is base64. */
  v.strictObject({
    kind: v.literal('connect'),
    code: v.picklist(connectCodes),
    message: v.string(),
    details: v.exactOptional(
      v.array(
        v.strictObject({
          type: v.string(),
          value: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/u, 'must be base64')),
          debug: v.exactOptional(v.custom<JsonValue>(() => true)),
        }),
      ),
    ),
    headers,
    ...scope,
  }),
  /** Any HTTP answer, such as from a proxy. */
  v.strictObject({
    kind: v.literal('http'),
    status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
    body: v.string(),
    contentType: v.exactOptional(v.string()),
    headers,
    ...scope,
  }),
  /** Answers correctly, but later. */
  v.strictObject({ kind: v.literal('slow'), ms: Count, ...scope }),
  /** Never answers. */
  v.strictObject({ kind: v.literal('hang'), ...scope }),
  /** Destroys the connection. */
  v.strictObject({ kind: v.literal('reset'), ...scope }),
  /** Destroys the connection if it has served a request before, like one dropped for idling. */
  v.strictObject({ kind: v.literal('resetReused'), ...scope }),
  /** 200 and application/json, with this body. */
  v.strictObject({ kind: v.literal('raw'), body: v.string(), ...scope }),
  /** 200 and an empty answer of the given size: an object of white space, sent as fast as the client reads. */
  v.strictObject({
    kind: v.literal('large'),
    bytes: v.pipe(v.number(), v.integer(), v.minValue(2)),
    ...scope,
  }),
]);

/** What happens to a stream after it has delivered so many messages. The first one only opens it. */
const StreamFaultSchema = v.strictObject({
  kind: v.literal('stream'),
  messages: Count,
  then: v.picklist([
    /** The API ends it. */
    'end',
    /** The API ends it with the error `internal`. */
    'error',
    /** The connection breaks inside a message. */
    'cut',
    /** Nothing more arrives, not even the end: the API is stuck, or the connection is half-open. */
    'silence',
    /** A proxy holds everything back, also the headers, until the stream ends. */
    'buffered',
    /** Every byte arrives alone. */
    'bytes',
    /** The next message has the flag of a compressed one. */
    'compressed',
    /** The next message announces a gigabyte. */
    'huge',
  ]),
  ...scope,
});

export type StreamFault = v.InferOutput<typeof StreamFaultSchema>;

export const FaultSchema = v.variant('kind', [
  SimpleFaultSchema,
  StreamFaultSchema,
  /** Answers the first pages of every listing, then fails. Only the outer `times` counts. */
  v.strictObject({ kind: v.literal('afterPages'), pages: Count, fault: SimpleFaultSchema, ...scope }),
]);

type SimpleFault = v.InferOutput<typeof SimpleFaultSchema>;
type ConnectFault = Extract<SimpleFault, { kind: 'connect' }>;
type SlowFault = Extract<SimpleFault, { kind: 'slow' }>;
export type Fault = v.InferOutput<typeof FaultSchema>;

/** The faults of each method: a call gets the first one that applies to it. */
export type Faults = Map<SandboxProcedure, Fault | readonly Fault[]>;

/** The fault that applies to this call, if any; counts it. */
export function takeFault(
  faults: Faults,
  method: SandboxProcedure,
  call: FaultedCall,
): SimpleFault | StreamFault | undefined {
  const all = [faults.get(method) ?? []].flat();
  const fault = all.find((candidate) => happensTo(call, candidate));
  if (fault?.times !== undefined) {
    const again = fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
    const left = all.flatMap((other) => (other === fault ? again : [other]));
    if (left.length > 0) {
      faults.set(method, left);
    } else {
      faults.delete(method);
    }
  }
  return fault?.kind === 'afterPages' ? fault.fault : fault;
}

function happensTo(call: FaultedCall, fault: Fault): boolean {
  return (
    (fault.runnerIds?.some((id) => call.runnerIds.includes(id)) ?? true) &&
    (fault.unfiltered !== true || call.runnerIds.length === 0) &&
    (fault.kind !== 'resetReused' || call.reused) &&
    (fault.kind !== 'afterPages' || (call.page >= fault.pages && happensTo(call, fault.fault)))
  );
}

export function connectErrorOf(fault: ConnectFault): ConnectError {
  const error = new ConnectError(fault.message, codeFromString(fault.code) ?? Code.Unknown, fault.headers);
  error.details = (fault.details ?? []).map(({ value, ...detail }) => ({
    ...detail,
    value: Buffer.from(value, 'base64'),
  }));
  return error;
}

/**
 * Faults that a Connect server cannot produce, made on the raw connection.
 * @throws if the client disconnects during a large answer
 */
export async function performFault(
  fault: Exclude<SimpleFault, ConnectFault | SlowFault>,
  response: ServerResponse,
  { reset, onLargeWrite }: { reset: () => void; onLargeWrite: (bytes: number) => void },
): Promise<void> {
  switch (fault.kind) {
    case 'hang':
      return;
    case 'reset':
    case 'resetReused':
      reset();
      return;
    case 'raw':
      response.writeHead(200, { 'content-type': 'application/json' }).end(fault.body);
      return;
    case 'large':
      await sendLarge(response, fault.bytes, onLargeWrite);
      return;
    case 'http':
      response
        .writeHead(fault.status, {
          'content-type': fault.contentType ?? 'text/plain; charset=utf-8',
          ...fault.headers,
        })
        .end(fault.body);
  }
}
