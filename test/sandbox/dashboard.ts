import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './readBody.ts';
import { bareHost, isSignInTo } from './runnerAnswers.ts';
import type { Sandbox, SandboxOrganization } from './sandbox.ts';

/** Where the dashboard's page for signing in to hosts is. */
export const GIT_AUTHENTICATIONS_PATH = '/settings/git-authentications';

/**
 * Stands in for the dashboard's page on which people sign in to hosts, so that *Connect…* leads somewhere: a button for
 * each host, which signs the owner of user keys in at once.
 */
export async function dashboard(
  sandbox: Pick<Sandbox, 'organization' | 'emit'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { organization } = sandbox;
  if (request.method === 'POST') {
    const form = new URLSearchParams((await readBody(request)).toString());
    const resourceId = signIn(organization, form.get('runner') ?? '', form.get('host') ?? '');
    sandbox.emit({
      operation: 'RESOURCE_OPERATION_CREATE',
      resourceType: 'RESOURCE_TYPE_HOST_AUTHENTICATION_TOKEN',
      resourceId,
    });
    response.writeHead(303, { location: GIT_AUTHENTICATIONS_PATH }).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(organization));
}

/** Returns the ID of the sign-in. */
function signIn(organization: SandboxOrganization, runnerId: string, host: string): string {
  const id = randomUUID();
  const subjectId = organization.user.id;
  organization.tokens = [
    ...(organization.tokens ?? []).filter((token) => !isSignInTo(token, subjectId, runnerId, host)),
    {
      id,
      runnerId,
      userId: subjectId,
      subject: { id: subjectId, principal: 'PRINCIPAL_USER' },
      host,
      source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH',
    },
  ];
  organization.access = (organization.access ?? []).filter(
    (one) => one.runnerId !== runnerId || one.host !== host,
  );
  return id;
}

function page(organization: SandboxOrganization): string {
  const { runners, integrations, tokens = [], user } = organization;
  const rows = runners.flatMap(({ runnerId = '', name = '' }) => {
    const hosts = integrations.filter((one) => one.runnerId === runnerId).map(({ host }) => bareHost(host));
    return [...new Set(hosts)].map((host) => {
      const button = `<form method="post"><input type="hidden" name="runner" value="${escape(runnerId)}"><input type="hidden" name="host" value="${escape(host)}"><button>Sign in</button></form>`;
      const isOnRecord = tokens.some((token) => isSignInTo(token, user.id, runnerId, host));
      const cells = [escape(name), escape(host), isOnRecord ? 'on record' : '', button];
      return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    });
  });
  return `<!doctype html><title>Git authentications (sandbox)</title><h1>Git authentications of ${escape(user.name ?? '')}</h1><p>This page of the sandbox stands in for Ona's dashboard.</p><table>${rows.join('')}</table>\n`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/gu, (char) => `&#${char.charCodeAt(0)};`);
}
