import type { ServerResponse } from 'node:http';
import type { StreamFault } from './fault.ts';

/** These do not wait for the next message. */
const AT_ONCE = new Set<StreamFault['then']>(['end', 'error', 'cut', 'huge']);

/**
 * Makes a stream go wrong on its way to the client. The server writes one message at a time, and does not notice.
 *
 * @param reset breaks the connection
 */
export function disturb(
  response: ServerResponse,
  { messages, then }: Pick<StreamFault, 'messages' | 'then'>,
  reset: () => void,
): void {
  const write = response.write.bind(response) as (chunk: Buffer) => boolean;
  const end = response.end.bind(response) as () => ServerResponse;
  const held: Buffer[] = [];
  let written = 0;
  let isSilent = false;
  const disturbed = (chunk: Buffer): void => {
    switch (then) {
      case 'end':
      case 'error':
        write(endOf(then === 'error'));
        end();
        isSilent = true;
        break;
      case 'cut':
        write(chunk.subarray(0, -1));
        // What was written has to arrive first.
        setImmediate(reset);
        isSilent = true;
        break;
      case 'silence':
        isSilent = true;
        break;
      case 'buffered':
        held.push(chunk);
        break;
      case 'bytes':
        for (const byte of chunk) {
          write(Buffer.from([byte]));
        }
        break;
      case 'compressed':
        chunk.writeUInt8(1);
        write(chunk);
        break;
      case 'huge':
        write(Buffer.from([0, 0x40, 0, 0, 0]));
        isSilent = true;
    }
  };
  response.write = (data: unknown): boolean => {
    const chunk = Buffer.from(data as Uint8Array);
    if (isSilent) {
      return true;
    }
    written += 1;
    if (written > messages) {
      disturbed(chunk);
      return true;
    }
    write(chunk);
    if (written === messages && AT_ONCE.has(then)) {
      disturbed(chunk);
    }
    return true;
  };
  response.end = (): ServerResponse => {
    if (isSilent) {
      return response;
    }
    held.forEach((chunk) => write(chunk));
    return end();
  };
}

function endOf(isError: boolean): Buffer {
  const body = JSON.stringify(isError ? { error: { code: 'internal', message: 'stream broken' } } : {});
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(2);
  prefix.writeUInt32BE(body.length, 1);
  return Buffer.concat([prefix, Buffer.from(body)]);
}
