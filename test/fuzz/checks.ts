import assert from 'node:assert/strict';
import type { OnaApiError } from '../../src/api/transport/errors.ts';
import type { SandboxProcedure } from '../sandbox/methods.ts';
import { BARE_RUNNER } from '../unit/inventory/fixtures.ts';
import { type FuzzServer, MOST_REQUESTS } from './fuzzServer.ts';

/**
 * A value of the same types: an object with the same names (those in `?` may be missing), a list with one such item.
 */
type Shape = string | number | boolean | readonly [Shape] | { readonly [name: string]: Shape };

const namedShape: Shape = { id: '', name: '' };

const runnerShape: Shape = {
  ...(BARE_RUNNER as unknown as Readonly<Record<string, Shape>>),
  capabilities: [''],
  additionalInfo: [{ key: '', value: '' }],
  'unread?': [''],
  'createdAt?': '',
  'updatedAt?': '',
  'statusUpdatedAt?': '',
  'updateWindow?': { startHour: 0, endHour: 0 },
};

const integrationShape: Shape = {
  id: '',
  runnerId: '',
  scmId: '',
  host: '',
  pat: true,
  'virtualDirectory?': '',
  'oauth?': { 'clientId?': '', 'issuerUrl?': '', clientSecretSet: true, 'unread?': [''] },
  'unread?': [''],
};

/** The decoded result of each call; of lists, an item; of the stream, a message. */
const shapes: Record<SandboxProcedure, Shape> = {
  ListSCMIntegrations: integrationShape,
  GetSCMIntegration: integrationShape,
  ListHostAuthenticationTokens: {
    id: '',
    runnerId: '',
    host: '',
    source: '',
    'expiresAt?': '',
    integrationId: '',
    scopes: [''],
    subject: { id: '', principal: '' },
    'unread?': [''],
  },
  GetRunnerConfigurationSchema: {
    version: '',
    providers: [
      {
        scmId: '',
        name: '',
        defaultHosts: [''],
        'oauth?': { callbackUrl: '' },
        'pat?': { description: '', docsUrl: '' },
      },
    ],
    'unread?': [''],
  },
  ValidateRunnerConfiguration: {
    valid: true,
    scmIdError: '',
    hostError: '',
    oauthError: '',
    patError: '',
  },
  CheckAuthenticationForHost: {
    authenticated: true,
    'pat?': { createUrl: '', example: '', requiredScopes: [''] },
  },
  ListRunners: runnerShape,
  GetRunner: runnerShape,
  GetAuthenticatedIdentity: { subjectId: '', principal: '', organizationId: '' },
  GetOrganization: namedShape,
  GetAuthenticatedUser: namedShape,
  WatchEvents: { operation: '', resourceType: '', resourceId: '' },
};

/** @throws AssertionError if the value is not what the call promises: its types, nothing else, frozen */
export function checkValue(method: SandboxProcedure, value: unknown): void {
  checkShape(value, shapes[method], method);
}

function checkShape(value: unknown, shape: Shape, path: string): void {
  if (typeof shape !== 'object') {
    assert.equal(typeof value, typeof shape, path);
    return;
  }
  assert.ok(typeof value === 'object' && value !== null, path);
  // Only the session gets the identity, and only reads it.
  assert.ok(Object.isFrozen(value) || path === 'GetAuthenticatedIdentity', `${path} is not frozen`);
  if (isList(shape)) {
    assert.ok(Array.isArray(value), path);
    value.forEach((item, index) => checkShape(item, shape[0], `${path}.${index}`));
    return;
  }
  assert.equal(Object.getPrototypeOf(value), Object.prototype, `${path} has a prototype of its own`);
  const rest = new Map(Object.entries(value));
  for (const [key, inner] of Object.entries(shape)) {
    const name = key.replace('?', '');
    assert.ok(rest.has(name) || key !== name, `${path}.${name} is missing`);
    if (rest.has(name)) {
      checkShape(rest.get(name), inner, `${path}.${name}`);
    }
    rest.delete(name);
  }
  assert.deepEqual([...rest.keys()], [], `${path} has more`);
}

function isList(shape: object): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isOnaApiError(error: unknown): error is OnaApiError {
  return error instanceof Error && error.name === 'OnaApiError';
}

const PROGRAMMING_ERROR = /^(?:Type|Range|Reference|Syntax|Assertion|URI)?Error$/;

/** @throws AssertionError if it is not an OnaApiError that can be shown, or hides a defect */
export function checkError(
  error: unknown,
  method: SandboxProcedure,
  host: string,
): asserts error is OnaApiError {
  // Not by its class: what is loaded on demand has a copy of its own if tests are not bundled.
  assert.ok(isOnaApiError(error), `not an OnaApiError: ${String(error)}`);
  const { problem, httpStatus, detail = '', redirectedTo = 'http:', retryAfterMs = 1, advice } = error;
  // Whose runners there are none of.
  const isOfOwner = method === 'ListRunners' && error.method === 'GetAuthenticatedIdentity';
  assert.deepEqual([isOfOwner ? method : error.method, error.host], [method, host]);
  checkLine(error.message);
  assert.doesNotMatch(detail, PROGRAMMING_ERROR);
  // Nobody aborted: only an answer can cause this.
  assert.ok(problem !== 'canceled' || httpStatus !== undefined, 'canceled by nobody');
  assert.match(redirectedTo, /^https?:/);
  assert.ok(Number.isFinite(retryAfterMs) && retryAfterMs > 0, `retryAfterMs ${retryAfterMs}`);
  checkLine(advice?.message ?? '');
  for (const { label, url } of advice?.links ?? []) {
    checkLine(label);
    assert.ok(url.startsWith('https://') || url.startsWith(`http://${host}/`), `a link to ${url}`);
  }
}

/** @throws AssertionError if a text is not one printable line of reasonable length */
export function checkLine(line: string): void {
  assert.doesNotMatch(line, /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u);
  assert.ok(line.isWellFormed() && line.length < 1_000, line.slice(0, 1_000));
}

/** @throws AssertionError if the client kept sending requests, or followed a redirect to a stranger */
export function checkManners({ requests, strangersRequests }: FuzzServer): void {
  assert.ok(requests <= MOST_REQUESTS, `${requests} requests`);
  assert.equal(strangersRequests, 0, 'a redirect led to a stranger');
}
