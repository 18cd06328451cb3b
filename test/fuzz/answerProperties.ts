import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OnaApiError } from '../../src/api/transport/errors.ts';
import { sandboxMethodNames } from '../sandbox/methods.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/secretMarker.ts';
import { exchanges } from './answers.ts';
import { ask } from './ask.ts';
import { checkError, checkLine, checkManners, checkValue } from './checks.ts';
import type { FuzzServer } from './fuzzServer.ts';
import { count, type Runs, runProperty, type Tally } from './runProperty.ts';

/** One that a host name can contain, and one that needs escaping everywhere. */
const echoedKeys = ['Fuzz-Api-Key-0123456789', 'Fuzz/Api+Key.Of_Mine=='] as const;

/** Any answer to any call results in a decoded value or an OnaApiError, nothing else. */
export function answersDecodeOrFail(server: FuzzServer, runs: Runs): Promise<Tally> {
  const host = new URL(server.url).host;
  const known = exchanges({ answering: 12 });
  const calls = fc.oneof(
    ...sandboxMethodNames.map((method) =>
      fc.record({ method: fc.constant(method), exchange: known[method] }),
    ),
  );
  return runProperty(calls, runs, async ({ method, exchange }, tally) => {
    server.prepare({ [method]: exchange });
    const { values, errors, failed, lines } = await ask(server, 'fuzz-api-key-0123456789', method);
    values.forEach((value) => checkValue(method, value));
    errors.forEach((error) => checkError(error, method, host));
    lines.forEach(checkLine);
    checkManners(server);
    count(tally, failed ? (errors.at(-1) as OnaApiError) : undefined);
  });
}

/** As if a request sent more than the key. */
const CLIENT_SECRET = 'Fuzz/Client=Secret.0123';

/**
 * No value, error or log contains the key or another secret of the request, wherever the API echoes it, or the content
 * of secret fields.
 */
export function secretsStayIn(server: FuzzServer, runs: Runs): Promise<Tally> {
  const calls = fc.oneof(
    ...echoedKeys.flatMap((apiKey) => {
      const known = exchanges({ echo: fc.oneof(echoesOf(apiKey), echoesOf(CLIENT_SECRET)), answering: 12 });
      return sandboxMethodNames.map((method) =>
        fc.record({ apiKey: fc.constant(apiKey), method: fc.constant(method), exchange: known[method] }),
      );
    }),
  );
  return runProperty(calls, runs, async ({ apiKey, method, exchange }, tally) => {
    server.prepare({ [method]: exchange });
    const { values, errors, failed, lines } = await ask(server, apiKey, method, [CLIENT_SECRET]);
    const seen = [JSON.stringify(values), ...errors.map(everythingOf), ...lines];
    for (const secret of [apiKey, CLIENT_SECRET, SECRET_MARKER, SECRET_MARKER_BASE64]) {
      // A host name is in lower case, whatever was sent.
      const leak = seen.find((text) => text.toLowerCase().includes(secret.toLowerCase()));
      assert.ok(leak === undefined, `${secret} is in ${leak}`);
    }
    count(tally, failed ? (errors.at(-1) as OnaApiError) : undefined);
  });
}

export function echoesOf(secret: string): fc.Arbitrary<string> {
  return fc.constantFrom(
    secret,
    `Bearer ${secret}`,
    `no such key: ${secret}\n(sic)`,
    `${secret}${secret}`,
    `\ud800${secret}\u202e`,
    `${'x'.repeat(290)}${secret}`,
    `https://user:${secret}@host.invalid/${secret}?key=${secret}#${secret}`,
  );
}

/** All of an error, including hidden properties. */
export function everythingOf(error: unknown): string {
  const own = Object.getOwnPropertyNames(error).map(
    (name) => [name, Reflect.get(error as object, name)] as const,
  );
  return `${String(error)} ${JSON.stringify(Object.fromEntries(own))}`;
}
