import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import * as v from 'valibot';
import type { Advice } from './errors.ts';
import { plainLine } from '../../base/plainLine.ts';

/** What a Connect error says beside code and message. */
export interface ErrorDetails {
  /** Of `google.rpc.RetryInfo`, in milliseconds; 0 where it is there but names no time. */
  readonly retryDelayMs?: number;
  /** Of `gitpod.v1.ActionableErrorDetails`. */
  readonly advice?: Advice;
}

/** Connect sends each detail as a message in base64 (protocol reference, "Error codes"). */
const detailType = v.object({ type: v.string() });
const detailValue = v.object({ value: v.string() });

/** A view has room for so many ways out. */
const MAX_LINKS = 3;

/**
 * Reads the details that this product knows. One that cannot be read is as good as absent.
 *
 * @param input `details` in the JSON of an error
 * @param clean what every text goes through before it leaves
 */
export function readErrorDetails(
  input: unknown,
  apiUrl: string,
  clean: (text: string) => string,
): ErrorDetails {
  const details: unknown[] = Array.isArray(input) ? input : [];
  const bytesOf = (type: string): Uint8Array | undefined => {
    const detail = details.find((candidate) => v.is(detailType, candidate) && candidate.type === type);
    if (detail === undefined) {
      return undefined;
    }
    // One without its message is there all the same.
    return Buffer.from(v.is(detailValue, detail) ? detail.value : '', 'base64');
  };
  const retryInfo = bytesOf('google.rpc.RetryInfo');
  const actionable = bytesOf('gitpod.v1.ActionableErrorDetails');
  const advice = actionable && orUndefined(() => readAdvice(actionable, apiUrl, clean));
  return {
    ...(retryInfo && { retryDelayMs: orUndefined(() => readRetryDelay(retryInfo)) ?? 0 }),
    ...(advice && { advice }),
  };
}

/** `RetryInfo { Duration retry_delay = 1 }`, `Duration { int64 seconds = 1; int32 nanos = 2 }` */
function readRetryDelay(bytes: Uint8Array): number {
  const [duration] = readFields(bytes).messages(1);
  if (duration === undefined) {
    return 0;
  }
  const { number } = readFields(duration);
  return Math.max(0, number(1) * 1000 + number(2) / 1_000_000);
}

/**
 * `ActionableErrorDetails { string user_message = 2; repeated ErrorAction actions = 4 }`,
 * `ErrorAction { string label = 2; string dashboard_path = 3; string external_url = 4 }`
 */
function readAdvice(bytes: Uint8Array, apiUrl: string, clean: (text: string) => string): Advice | undefined {
  const details = readFields(bytes);
  const message = clean(details.text(2));
  const links = details.messages(4).flatMap((action) => {
    const { text } = readFields(action);
    const label = plainLine(clean(text(2)), 60);
    const url = dashboardUrl(text(3), apiUrl) ?? externalUrl(text(4));
    return label === '' || url === undefined || clean(url) !== url ? [] : [{ label, url }];
  });
  return message === '' ? undefined : { message, links: links.slice(0, MAX_LINKS) };
}

/** A path of the dashboard that stands beside the API; nothing that leads to another host. */
function dashboardUrl(path: string, apiUrl: string): string | undefined {
  if (!path.startsWith('/') || !URL.canParse(path, apiUrl)) {
    return undefined;
  }
  const url = new URL(path, apiUrl);
  return url.origin === new URL(apiUrl).origin ? url.href : undefined;
}

function externalUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
}

/** The fields of a message by number; an absent one is empty or 0, as in proto3. */
function readFields(bytes: Uint8Array) {
  const reader = new BinaryReader(bytes);
  const fields: { no: number; value: Uint8Array | number }[] = [];
  while (reader.pos < reader.len) {
    const [no, wireType] = reader.tag();
    if (wireType === WireType.LengthDelimited) {
      fields.push({ no, value: reader.bytes() });
    } else if (wireType === WireType.Varint) {
      fields.push({ no, value: Number(reader.int64()) });
    } else {
      reader.skip(wireType, no);
    }
  }
  const messages = (no: number) =>
    fields.flatMap((field) => (field.no === no && typeof field.value !== 'number' ? [field.value] : []));
  return {
    messages,
    text: (no: number) => new TextDecoder().decode(messages(no).at(-1)),
    number: (no: number) => {
      const last = fields.findLast((field) => field.no === no)?.value;
      return typeof last === 'number' ? last : 0;
    },
  };
}

/** Bytes that are no such message: the reader throws errors of several kinds. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // The error itself is reported all the same, only without this detail.
    return undefined;
  }
}
