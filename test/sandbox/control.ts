import type { IncomingMessage, ServerResponse } from 'node:http';
import { fromJson, toJson, type DescMessage, type JsonValue } from '@bufbuild/protobuf';
import * as v from 'valibot';
import { FaultSchema } from './fault.ts';
import { SCMIntegrationSchema } from './gen/gitpod/v1/runner_configuration_pb.js';
import { RunnerSchema } from './gen/gitpod/v1/runner_pb.js';
import { sandboxMethodNames } from './methods.ts';
import { readBody } from './readBody.ts';
import type { Sandbox } from './sandbox.ts';

const nullableFault = v.exactOptional(v.nullable(FaultSchema));

const ChangeSchema = v.strictObject({
  latencyMs: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
  /** null clears a method's fault. */
  faults: v.exactOptional(v.strictObject(v.entriesFromList(sandboxMethodNames, nullableFault))),
  addIntegration: v.exactOptional(message(SCMIntegrationSchema)),
  removeIntegration: v.exactOptional(v.string()),
  addRunner: v.exactOptional(message(RunnerSchema)),
  removeRunner: v.exactOptional(v.string()),
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
  const { runners, integrations } = sandbox.organization;
  const { removeIntegration, removeRunner } = output;
  if (removeIntegration !== undefined && !integrations.some(({ id }) => id === removeIntegration)) {
    return `removeIntegration: there is no integration ${removeIntegration}`;
  }
  if (removeRunner !== undefined && !runners.some(({ runnerId }) => runnerId === removeRunner)) {
    return `removeRunner: there is no runner ${removeRunner}`;
  }

  sandbox.latencyMs = output.latencyMs ?? sandbox.latencyMs;
  for (const method of sandboxMethodNames) {
    const fault = output.faults?.[method];
    if (fault === null) {
      sandbox.faults.delete(method);
    } else if (fault !== undefined) {
      sandbox.faults.set(method, fault);
    }
  }
  sandbox.organization = {
    ...sandbox.organization,
    integrations: [
      ...integrations.filter(({ id }) => removeIntegration === undefined || id !== removeIntegration),
      ...(output.addIntegration === undefined ? [] : [output.addIntegration]),
    ],
    runners: [
      ...runners.filter(({ runnerId }) => removeRunner === undefined || runnerId !== removeRunner),
      ...(output.addRunner === undefined ? [] : [output.addRunner]),
    ],
  };
  return undefined;
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
