import type { Fault } from '../sandbox/fault.ts';
import { actionableError, retryInfo } from '../sandbox/errorDetails.ts';

/** A fault of a list, its message to the user, and the remedies that it offers. */
export interface FaultCase {
  readonly name: string;
  readonly fault: Fault;
  /** In the view's message if there are rows, else behind *What Is Wrong?*. */
  readonly says: RegExp;
  /** The welcome view if there are no rows. */
  readonly welcome: string;
  readonly buttons: readonly string[];
  /** Besides the usual ones, in the notification of *What Is Wrong?*. */
  readonly waysOut?: readonly string[];
  /** The message while the call is retried; absent if a retry would not help. */
  readonly whileRetrying?: string;
}

const KEY = ['Sign In Again', 'Show Log'];
const ADDRESS = ['What Is Wrong?', 'Open Settings', 'Retry', 'Show Log'];
const OTHER = ['What Is Wrong?', 'Retry', 'Show Log'];

const noAnswer = { welcome: 'could not be reached or could not answer', buttons: OTHER };
const inBetween = {
  welcome: 'Something between this machine and the API answered instead',
  buttons: ['What Is Wrong?', 'Retry', 'Proxy Settings', 'Show Log'],
};
const noApi = { welcome: 'There is no Ona API at the configured address', buttons: ADDRESS };
const notUnderstood = { welcome: 'response could not be understood', buttons: OTHER };

/** @param stranger origin of a server that must never get the key */
export function faultMatrix(stranger: string): readonly FaultCase[] {
  const redirect = (status: number, location: string): Fault => ({
    kind: 'http',
    status,
    body: '',
    headers: { location },
  });
  return [
    {
      name: 'a proxy that wants authentication',
      fault: { kind: 'http', status: 407, body: 'who are you?' },
      says: /The proxy to .* requires authentication\. Add a user name and password to http\.proxy/,
      ...noAnswer,
    },
    {
      name: 'a web page that answers 200',
      fault: { kind: 'http', status: 200, body: '<h1>Log in</h1>', contentType: 'text/html' },
      says: /There is no Ona API at this address on 127\.0\.0\.1:\d+: it returns a web page\. Check onaScm\.apiUrl\./,
      ...noApi,
    },
    {
      name: 'an unavailable API',
      fault: { kind: 'connect', code: 'unavailable', message: 'maintenance' },
      says: /could not answer \(maintenance\)\. Try again later\./,
      ...noAnswer,
      whileRetrying: 'Retrying…',
    },
    {
      name: 'a 404 without JSON',
      fault: { kind: 'http', status: 404, body: 'nothing here' },
      says: /There is no Ona API at this address on .* \(HTTP 404\)/,
      ...noApi,
    },
    {
      name: 'resets',
      fault: { kind: 'reset' },
      says: /closed the connection before it answered/,
      ...noAnswer,
      whileRetrying: 'Retrying…',
    },
    {
      name: 'an answer that is not JSON',
      fault: { kind: 'raw', body: '{"runners":[' },
      says: /could not be understood \(the response is not JSON\)\. See the log for details\./,
      ...notUnderstood,
    },
    {
      name: 'a redirect to a login page',
      fault: redirect(302, 'https://login.example/?token=private'),
      says: /Something between .* redirected the request to https:\/\/login\.example, probably a sign-in page; the API did not answer\. Sign in to your network/,
      ...inBetween,
    },
    {
      name: 'a firewall that blocks',
      fault: { kind: 'http', status: 403, body: '<h1>Blocked by policy</h1>', contentType: 'text/html' },
      says: /Something between .* refused the request \(HTTP 403\); the API did not answer\. Check onaScm\.apiUrl, your VPN, and your proxy, then retry\./,
      ...inBetween,
    },
    {
      name: 'a captive portal',
      fault: { kind: 'http', status: 511, body: '<h1>Welcome</h1>', contentType: 'text/html' },
      says: /The network between .* requires a sign-in \(HTTP 511\); the API did not answer\. Sign in to your network/,
      ...inBetween,
    },
    {
      name: 'a gateway that cannot reach the API',
      fault: { kind: 'http', status: 502, body: '<h1>Bad gateway</h1>', contentType: 'text/html' },
      says: /Something between .* could not forward the request \(HTTP 502\); the API did not answer\. Try again later\./,
      ...inBetween,
      whileRetrying: 'Retrying…',
    },
    {
      name: 'a load balancer that asks to wait',
      fault: { kind: 'http', status: 503, body: '', headers: { 'retry-after': '12' } },
      says: /Something between .* could not forward the request \(HTTP 503\); the API did not answer\./,
      ...inBetween,
      whileRetrying: 'Waiting 12 s, as requested.',
    },
    {
      name: 'a rate limit that names its time',
      fault: {
        kind: 'connect',
        code: 'resource_exhausted',
        message: 'slow down',
        details: [retryInfo(12_000)],
      },
      says: /is rate-limiting requests\./,
      ...noAnswer,
      whileRetrying: 'Waiting 12 s, as requested by the API.',
    },
    {
      name: 'JSON of another shape',
      fault: {
        kind: 'raw',
        body: '{"runners":[{"runnerId":{}}],"integrations":[{"oauth":"yes"}]}',
      },
      says: /could not be understood \(no item could be read: (?:runnerId is not string|oauth is not an object)\)/,
      ...notUnderstood,
    },
    {
      name: 'a redirect to another origin',
      fault: redirect(308, `${stranger}/api?token=private`),
      says: /redirects to http:\/\/127\.0\.0\.1:\d+\. The API key was not sent there\. Set onaScm\.apiUrl/,
      ...noApi,
    },
    {
      name: 'a quota',
      fault: { kind: 'connect', code: 'resource_exhausted', message: 'monthly quota' },
      says: /has reached a request limit \(monthly quota\)/,
      ...noAnswer,
    },
    {
      name: 'a page token that is repeated',
      fault: { kind: 'raw', body: '{"pagination":{"nextToken":"again"}}' },
      says: /the API repeated a page token/,
      ...notUnderstood,
    },
    {
      name: 'a refused key',
      fault: { kind: 'connect', code: 'unauthenticated', message: 'expired' },
      says: /rejected the API key: it is invalid, expired, or deleted\. Sign in again\./,
      welcome: 'The API rejected the key',
      buttons: KEY,
    },
    {
      name: 'a missing permission',
      fault: { kind: 'connect', code: 'permission_denied', message: 'no' },
      says: /The API key does not have permission to do this/,
      welcome: 'does not have permission to list runners',
      buttons: ['Sign In Again', 'Retry', 'Show Log'],
    },
    {
      name: 'redirects in a circle',
      fault: redirect(307, '?again'),
      says: /There is no Ona API at this address on .* \(HTTP 307\)/,
      ...noApi,
    },
    {
      name: 'an internal error',
      fault: { kind: 'connect', code: 'internal', message: '[oops](command:workbench.action.quit)' },
      says: /could not answer \(\[oops\] \(command:workbench\.action\.quit\)\)/,
      ...noAnswer,
    },
    {
      name: 'an answer of 128 MB',
      fault: { kind: 'large', bytes: 128 * 1024 * 1024 },
      says: /was too large \(over 32 MB\)/,
      ...notUnderstood,
    },
    {
      name: 'advice of the API',
      fault: {
        kind: 'connect',
        code: 'failed_precondition',
        message: 'feature gate',
        details: [
          actionableError({
            errorCode: 'ORG_PLAN',
            userMessage: 'Runners need the Enterprise plan.',
            actions: [{ actionId: 'plans', label: 'See Plans', externalUrl: 'https://ona.com/pricing' }],
          }),
        ],
      },
      says: /rejected List\w+: Runners need the Enterprise plan\./,
      welcome: 'The API rejected the request',
      buttons: OTHER,
      waysOut: ['See Plans'],
    },
  ];
}
