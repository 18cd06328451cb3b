import type { IncomingMessage, ServerResponse } from 'node:http';
import { fromJson, toJson, type DescMessage, type JsonValue } from '@bufbuild/protobuf';
import * as v from 'valibot';
import {
  addIntegration,
  addRunner,
  changeIntegration,
  changeRunner,
  removeIntegration,
  removeRunner,
} from './edits.ts';
import { FaultSchema } from './fault.ts';
import { WatchEventsResponseSchema } from './gen/gitpod/v1/event_pb.js';
import { SCMIntegrationSchema } from './gen/gitpod/v1/runner_configuration_pb.js';
import { RunnerSchema } from './gen/gitpod/v1/runner_pb.js';
import { sandboxMethodNames } from './methods.ts';
import { readBody } from './readBody.ts';
import type { Sandbox } from './sandbox.ts';

const nullableFault = v.exactOptional(v.nullable(FaultSchema));

const ChangeSchema = v.strictObject({
  latencyMs: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
  /** null clears a method's fault. */
  faults: v.exactOptional(
    v.strictObject(v.entriesFromList([...sandboxMethodNames, 'WatchEvents'], nullableFault)),
  ),
  addIntegration: v.exactOptional(message(SCMIntegrationSchema)),
  removeIntegration: v.exactOptional(v.string()),
  addRunner: v.exactOptional(message(RunnerSchema)),
  removeRunner: v.exactOptional(v.string()),
  /** Replaces fields of the runner that it names. */
  changeRunner: v.exactOptional(named('runnerId', message(RunnerSchema))),
  /** Replaces fields of the integration that it names. */
  changeIntegration: v.exactOptional(named('id', message(SCMIntegrationSchema))),
  /** Sends events that no edit explains. */
  emit: v.exactOptional(v.array(message(WatchEventsResponseSchema))),
});

/** `GET /sandbox` shows and `PATCH /sandbox` changes a running sandbox: for use with curl. */
export async function control(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'PATCH') {
    const problem = change(sandbox, (await readBody(request)).toString());
    if (problem !== undefined) {
      sendJson(response, 400, { error: problem });
      return;
    }
  } else if (request.method !== 'GET') {
    sendJson(response, 405, { error: 'GET shows the sandbox, PATCH changes it' });
    return;
  }
  sendJson(response, 200, stateOf(sandbox));
}

function stateOf(sandbox: Sandbox): object {
  return {
    url: sandbox.url,
    latencyMs: sandbox.latencyMs,
    faults: Object.fromEntries(sandbox.faults),
    organization: sandbox.organization.profile.name,
    runners: sandbox.organization.runners.length,
    integrations: sandbox.organization.integrations.length,
    requests: sandbox.requests.length,
    connections: sandbox.connections,
    openStreams: sandbox.openStreams,
  };
}

/** Applies a change completely or, if there is a problem, not at all. */
function change(sandbox: Sandbox, text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'The body is not valid JSON.';
  }
  const parsed = v.safeParse(ChangeSchema, json);
  if (!parsed.success) {
    return parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`).join('\n');
  }
  const { output } = parsed;
  const missing = missingItem(sandbox, output);
  if (missing !== undefined) {
    return missing;
  }
  sandbox.latencyMs = output.latencyMs ?? sandbox.latencyMs;
  for (const method of [...sandboxMethodNames, 'WatchEvents'] as const) {
    const fault = output.faults?.[method];
    if (fault === null) {
      sandbox.faults.delete(method);
    } else if (fault !== undefined) {
      sandbox.faults.set(method, fault);
    }
  }
  apply(output.removeIntegration, removeIntegration);
  apply(output.addIntegration, addIntegration);
  apply(output.removeRunner, removeRunner);
  apply(output.addRunner, addRunner);
  apply(output.changeRunner, changeRunner);
  apply(output.changeIntegration, changeIntegration);
  sandbox.emit(...(output.emit ?? []));
  return undefined;

  function apply<T>(value: T | undefined, edit: (edited: Sandbox, value: T) => void): void {
    if (value !== undefined) {
      edit(sandbox, value);
    }
  }
}

/** Which item a change names that does not exist, as an error; undefined if there is none. */
function missingItem(
  { organization: { runners, integrations } }: Sandbox,
  change: v.InferOutput<typeof ChangeSchema>,
): string | undefined {
  const integrationIds = new Set(integrations.map(({ id }) => id));
  const runnerIds = new Set(runners.map(({ runnerId }) => runnerId));
  const named = [
    ['removeIntegration', 'integration', change.removeIntegration, integrationIds],
    ['changeIntegration', 'integration', change.changeIntegration?.id, integrationIds],
    ['removeRunner', 'runner', change.removeRunner, runnerIds],
    ['changeRunner', 'runner', change.changeRunner?.runnerId, runnerIds],
  ] as const;
  const [field, kind, id] = named.find(([, , name, ids]) => name !== undefined && !ids.has(name)) ?? [];
  return field === undefined ? undefined : `${field}: there is no ${kind} ${id}`;
}

/** A message that says which item it is about. */
function named<T extends object, K extends keyof T & string>(field: K, schema: v.GenericSchema<unknown, T>) {
  return v.pipe(
    schema,
    v.check((value) => value[field] !== undefined, `${field} is missing`),
    v.transform((value) => value as T & Record<K, string>),
  );
}

/** A schema for a message in protobuf JSON, as strict about names as the API. */
function message<Desc extends DescMessage>(desc: Desc) {
  return v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        return toJson(desc, fromJson(desc, dataset.value as JsonValue));
      } catch (error) {
        addIssue({ message: error instanceof Error ? error.message : String(error) });
        return NEVER;
      }
    }),
  );
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(`${JSON.stringify(body, undefined, 2)}\n`);
}
