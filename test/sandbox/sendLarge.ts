import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/**
 * Answers a JSON object of white space, `bytes` long, as fast as the client reads it.
 * @param onWrite gets the bytes of each part as it is written
 * @throws if the client disconnects before the end
 */
export async function sendLarge(
  response: ServerResponse,
  bytes: number,
  onWrite: (bytes: number) => void,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  await pipeline(parts(bytes, onWrite), response);
}

function* parts(bytes: number, onWrite: (bytes: number) => void): Generator<Buffer> {
  const space = Buffer.alloc(65_536, ' ');
  for (let at = 0; at < bytes;) {
    const part = Buffer.from(space.subarray(0, bytes - at));
    if (at === 0) {
      part.write('{');
    }
    at += part.length;
    if (at === bytes) {
      part.write('}', part.length - 1);
    }
    onWrite(part.length);
    yield part;
  }
}
