import fc from 'fast-check';
import { CONNECT_CODES } from '../../src/api/transport/errorCodes.ts';
import { type SandboxMethod, sandboxMethodNames } from '../sandbox/methods.ts';
import { errorDetails } from './details.ts';
import { hostileText } from './hostile.ts';
import { type Json, objectOf, type Spelling, toText } from './json.ts';
import { mutate, mutation } from './mutation.ts';
import { damage, encoding, framing } from './transfer.ts';
import { honestText, secret, validAnswers } from './wire.ts';

/** One HTTP answer. In its headers, `OWN` is the server's host and port, `STRANGER` another server's. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** With its length declared, or in chunks; whole, or with the connection lost before its end. */
  readonly framing: 'length' | 'chunks' | 'cutLength' | 'cutChunks';
}

/** A server's answers to one call, including pages, retries and redirects. */
export interface Exchange {
  readonly answers: readonly Answer[];
  /** What further requests get: the last answer repeatedly, or `{}`. */
  readonly thenRepeats: boolean;
}

/** Names of response headers that this product or its HTTP stack reads. */
const headerNames = [
  'RateLimit-RetryAfter',
  'Retry-After',
  'Content-Type',
  'WWW-Authenticate',
  'Set-Cookie',
  'Location',
  'Connection',
  'X-Trace',
] as const;

const contentTypes = [
  'application/json',
  'application/json; charset=utf-16',
  'text/html; charset=utf-8',
  'application/proto',
  'json',
  '',
] as const;

export interface ExchangeOptions {
  /** Texts to use in any text field, along with valid and hostile ones. */
  readonly echo?: fc.Arbitrary<string>;
  /** The weight of real, perhaps broken, answers to the call, against 8 for answers unrelated to it. */
  readonly answering: number;
}

/** Whole exchanges, from what the API sends to what no server should. */
export function exchanges({
  echo,
  answering,
}: ExchangeOptions): Record<SandboxMethod, fc.Arbitrary<Exchange>> {
  const text = anyText(echo);
  const valid = validAnswers(text);
  const failed = errors(text);
  const led = redirects(text);
  const foreign = pages(text);
  const exchange = (method: SandboxMethod) => {
    const answer = fc.oneof(
      { weight: answering, arbitrary: answers(fc.constant(200), valid[method], text) },
      { weight: 1, arbitrary: answers(anyStatus, valid[method], text) },
      { weight: 4, arbitrary: failed },
      { weight: 2, arbitrary: led },
      { weight: 1, arbitrary: foreign },
    );
    return fc.record({
      answers: fc.array(answer, { minLength: 1, maxLength: 3 }),
      thenRepeats: fc.boolean(),
    });
  };
  const all = sandboxMethodNames.map((method) => [method, exchange(method)]);
  return Object.fromEntries(all) as Record<SandboxMethod, fc.Arbitrary<Exchange>>;
}

/** Texts of any field. */
export function anyText(echo?: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: honestText },
    { weight: 1, arbitrary: hostileText },
    ...(echo === undefined ? [] : [{ weight: 2, arbitrary: echo }]),
  );
}

const anyStatus = fc.oneof(
  fc.constantFrom(201, 204, 304, 400, 401, 403, 404, 405, 407, 429, 499, 500, 501, 502, 503, 504),
  fc.integer({ min: 200, max: 599 }),
);

/** Connect's errors, and lookalikes. */
export function errors(text: fc.Arbitrary<string>): fc.Arbitrary<Answer> {
  const body = fc
    .record({
      code: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...CONNECT_CODES) },
        { weight: 1, arbitrary: text },
      ),
      message: fc.option(text, { nil: undefined }),
      details: fc.option(errorDetails(text), { nil: undefined }),
      trace: fc.option(secret, { nil: undefined }),
    })
    .map(objectOf);
  return answers(anyStatus, body, text);
}

export function redirects(text: fc.Arbitrary<string>): fc.Arbitrary<Answer> {
  const location = fc.oneof(
    fc.constantFrom(
      '',
      '/',
      '?',
      '/api/gitpod.v1.RunnerService/ListRunners',
      'http://OWN/elsewhere',
      'http://user:password@OWN/',
      'https://OWN/',
      'http://STRANGER/api/gitpod.v1.RunnerService/ListRunners',
      '//STRANGER/',
      '\\\\STRANGER\\',
      'http:\t//STRANGER/',
      'http://OWN@STRANGER/',
      'http://[',
      'http://\u00ad/',
      'javascript:alert(1)',
      'data:application/json,{}',
      'file:///etc/passwd',
      `http://OWN/${'x'.repeat(4_000)}`,
    ),
    text.map((host) => `https://${host}.invalid/`),
    // Spellings of a host that a URL parser normalizes.
    text.map((host) => `https://${percentEncode(host)}.invalid/`),
    text.map((host) => `https://${host.slice(0, 4)}\t${host.slice(4)}.invalid/`),
    text.map((host) => `https://${host.slice(0, 4)}\u00ad${host.slice(4)}.invalid/`),
    text.map((host) => `https://${host.toUpperCase()}.invalid/`),
    text.map((user) => `https://${user}:${user}@STRANGER/${user}?${user}#${user}`),
    text,
  );
  const plain = answers(fc.integer({ min: 300, max: 308 }), fc.constant(objectOf({})), text);
  return fc.tuple(plain, fc.option(location, { nil: undefined, freq: 8 })).map(([answer, target]) => {
    const headers = target === undefined ? {} : { Location: headerValue(target) };
    return printable({ ...answer, headers: { ...answer.headers, ...headers } });
  });
}

/** What replaces the API's content: pages, nothing, noise. */
export function pages(text: fc.Arbitrary<string>): fc.Arbitrary<Answer> {
  const body = fc.oneof(
    text.map((title) => Buffer.from(`<!doctype html><title>${title}</title>`)),
    text.map((title) => Buffer.from(`\ufeff{"error":${JSON.stringify(title)}}`, 'utf16le')),
    fc.constant(Buffer.alloc(0)),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  );
  return fc
    .record({ status: fc.oneof(fc.constant(200), anyStatus), headers: headers(text), body, framing })
    .map(printable);
}

function answers(
  status: fc.Arbitrary<number>,
  root: fc.Arbitrary<Json>,
  text: fc.Arbitrary<string>,
): fc.Arbitrary<Answer> {
  const spelling = fc.constantFrom<Spelling>('plain', 'plain', 'slashes', 'escaped');
  const mutations = fc.oneof(fc.constant([]), fc.array(mutation, { maxLength: 3 }));
  return fc
    .record({ status, headers: headers(text), root, mutations, spelling, damage, encoding, framing })
    .map(({ status, headers, root, mutations, spelling, damage, encoding, framing }) => {
      const whole = mutate(root, mutations).map((json) => toText(json, spelling));
      return printable({
        status,
        headers: { ...headers, ...(encoding.name !== '' && { 'Content-Encoding': encoding.name }) },
        body: encoding.encode(damage(Buffer.from(whole.join('')))),
        framing,
      });
    });
}

export function headers(text: fc.Arbitrary<string>): fc.Arbitrary<Record<string, string>> {
  const value = fc.oneof(
    fc.constantFrom(
      '1',
      '0',
      '-1',
      '1e9',
      '999999999',
      '99999999999999999999',
      '0x10',
      ' 5 ',
      'close',
      'NaN',
    ),
    text.map(headerValue),
  );
  const some = fc.dictionary(fc.constantFrom(...headerNames), value, { maxKeys: 2, noNullPrototype: true });
  const type = fc.oneof(
    { weight: 8, arbitrary: fc.constant('application/json') },
    fc.constantFrom(...contentTypes),
  );
  return fc
    .tuple(type, fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, some))
    .map(([contentType, rest]) => ({ 'Content-Type': contentType, ...rest }));
}

/** Without what Node.js's server refuses to send. */
function headerValue(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 5_000);
}

function percentEncode(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** Keeps counterexamples readable: bodies as text, and only the beginning of a megabyte. */
export function printable(answer: Answer): Answer {
  return Object.assign(answer, {
    [fc.toStringMethod]: () => {
      const { status, headers, body, framing } = answer;
      const [head, shown] = [JSON.stringify(headers), JSON.stringify(body.toString())].map(abridge);
      return `{status: ${status}, ${framing}, headers: ${head}, body: ${shown}}`;
    },
  });
}

function abridge(text: string): string {
  return text.length > 2_000 ? `${text.slice(0, 2_000)}… (${text.length} characters)` : text;
}
