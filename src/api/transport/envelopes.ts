/** One message of a Connect stream. */
export interface Envelope {
  readonly isCompressed: boolean;
  /** Whether it is the last one, which says how the stream ended. */
  readonly isEnd: boolean;
  readonly body: Buffer;
}

/** An envelope that breaks the protocol. Nothing after it can be read. */
export class MalformedEnvelope extends Error {}

/** Bytes of one message. For comparison: an event takes about 100, and an error with details a few thousand. */
const MAX_BODY_BYTES = 2 ** 20;

/** One byte of flags, and the length of the body as a big-endian integer of four bytes. */
const PREFIX_BYTES = 5;

const COMPRESSED = 1;
const END = 2;

/** A message as the body of a request. */
export function enveloped(message: string): Buffer {
  const body = Buffer.from(message);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(body.length, 1);
  return Buffer.concat([prefix, body]);
}

/** Reads envelopes from chunks, which may begin and end anywhere. */
export class EnvelopeReader {
  /** Bytes that have arrived, but are not yet read. They are joined only when they are complete. */
  #chunks: Buffer[] = [];
  #length = 0;
  /** The bytes that must have arrived before there is something to read. */
  #needed = PREFIX_BYTES;

  /** Whether the last envelope is incomplete. */
  get isInside(): boolean {
    return this.#length > 0;
  }

  /**
   * The envelopes that end in this chunk.
   *
   * @throws MalformedEnvelope if an envelope has unknown flags or is too large
   */
  *read(chunk: Buffer): Generator<Envelope, void, undefined> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= this.#needed) {
      const bytes = Buffer.concat(this.#chunks);
      const flags = bytes.readUInt8();
      const end = PREFIX_BYTES + bytes.readUInt32BE(1);
      if (flags > (COMPRESSED | END)) {
        throw new MalformedEnvelope(`a message has the unknown flags ${flags}`);
      }
      if (end > PREFIX_BYTES + MAX_BODY_BYTES) {
        throw new MalformedEnvelope(`a message has ${end - PREFIX_BYTES} bytes`);
      }
      const isComplete = bytes.length >= end;
      this.#keep(isComplete ? bytes.subarray(end) : bytes);
      this.#needed = isComplete ? PREFIX_BYTES : end;
      if (isComplete) {
        yield {
          isCompressed: (flags & COMPRESSED) !== 0,
          isEnd: (flags & END) !== 0,
          body: bytes.subarray(PREFIX_BYTES, end),
        };
      }
    }
  }

  #keep(bytes: Buffer): void {
    this.#chunks = [bytes];
    this.#length = bytes.length;
  }
}
