import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OnaApiError } from '../../src/api/transport/errors.ts';
import { SECRET_MARKER } from '../sandbox/secretMarker.ts';
import { clientOf } from '../unit/api/testClient.ts';
import { echoesOf, everythingOf } from './answerProperties.ts';
import { checkError, checkLine, checkManners, checkValue } from './checks.ts';
import type { FuzzServer } from './fuzzServer.ts';
import { count, type Runs, runProperty, type Tally } from './runProperty.ts';
import { streamExchanges } from './streams.ts';

const API_KEY = 'Fuzz/Stream+Key.Of_Mine==';

/** Any stream ends by itself or with an OnaApiError, and shows neither the key nor a secret. */
export function streamsEnd(server: FuzzServer, runs: Runs): Promise<Tally> {
  const host = new URL(server.url).host;
  const exchanges = fc.oneof(
    { weight: 3, arbitrary: streamExchanges() },
    { weight: 1, arbitrary: streamExchanges(echoesOf(API_KEY)) },
  );
  return runProperty(exchanges, runs, async (exchange, tally) => {
    server.prepare({ WatchEvents: exchange });
    const { client, lines } = clientOf({ url: server.url, apiKey: API_KEY });
    const values: unknown[] = [];
    let failure: OnaApiError | undefined;
    try {
      const { signal } = new AbortController();
      for await (const event of client.watchEvents({ signal, silenceMs: 60_000 })) {
        values.push(event);
      }
    } catch (error) {
      checkError(error, 'WatchEvents', host);
      failure = error;
    }
    values.forEach((value) => checkValue('WatchEvents', value));
    lines.forEach(checkLine);
    checkManners(server);
    const seen = [
      JSON.stringify(values),
      ...(failure === undefined ? [] : [everythingOf(failure)]),
      ...lines,
    ];
    for (const secret of [API_KEY, SECRET_MARKER]) {
      const leak = seen.find((text) => text.toLowerCase().includes(secret.toLowerCase()));
      assert.ok(leak === undefined, `${secret} is in ${leak}`);
    }
    count(tally, failure);
  });
}
