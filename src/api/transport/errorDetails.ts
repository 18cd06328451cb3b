import { parseUrl } from '../../base/parseUrl.ts';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import * as v from 'valibot';
import type { Advice } from './errors.ts';
import { redactCredentials } from '../../base/credentials.ts';
import { plainLine } from '../../base/plainLine.ts';

/** Information in a Connect error beyond its code and message. */
export interface ErrorDetails {
  /** From `google.rpc.RetryInfo`, in milliseconds; 0 if it is present but names no time. */
  readonly retryDelayMs?: number;
  /** From `gitpod.v1.ActionableErrorDetails`. */
  readonly advice?: Advice;
}

/** Connect sends each detail as a base64-encoded message (protocol reference, "Error codes"). */
const detailType = v.object({ type: v.string() });
const detailValue = v.object({ value: v.string() });

/** Text as one line without secrets, cut off at a length in UTF-16 units. */
export type CleanText = (text: string, maxLength?: number) => string;

/** In UTF-16 units. A longer address may not open in every browser. */
const MAX_URL_LENGTH = 2000;

/** Number of links that a view has room for. */
const MAX_LINKS = 3;

/**
 * Reads the supported details. Unreadable advice is ignored; an unreadable `RetryInfo` counts as one without a time.
 *
 * @param input `details` in the JSON of an error
 */
export function readErrorDetails(input: unknown, apiUrl: string, clean: CleanText): ErrorDetails {
  const details: unknown[] = Array.isArray(input) ? input : [];
  const bytesOf = (type: string): Uint8Array | undefined => {
    const detail = details.find((candidate) => v.is(detailType, candidate) && candidate.type === type);
    if (detail === undefined) {
      return undefined;
    }
    // A detail without a value is still present.
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
function readAdvice(bytes: Uint8Array, apiUrl: string, clean: CleanText): Advice | undefined {
  const details = readFields(bytes);
  const message = clean(redactCredentials(details.text(2)));
  const links = details.messages(4).flatMap((action) => {
    const { text } = readFields(action);
    const label = plainLine(clean(redactCredentials(text(2))), 60);
    const url = dashboardUrl(text(3), apiUrl) ?? externalUrl(text(4));
    const isSafe = url !== undefined && clean(url, MAX_URL_LENGTH) === url;
    return label === '' || !isSafe ? [] : [{ label, url }];
  });
  return message === '' ? undefined : { message, links: links.slice(0, MAX_LINKS) };
}

/** The address of a dashboard path on the API's origin; undefined if it leads to another origin. */
function dashboardUrl(path: string, apiUrl: string): string | undefined {
  const url = path.startsWith('/') ? parseUrl(path, apiUrl) : undefined;
  return url?.origin === new URL(apiUrl).origin ? url.href : undefined;
}

/** The address as it is, because another server may compare it letter by letter. */
function externalUrl(text: string): string | undefined {
  const url = parseUrl(text);
  const isSafe = url?.protocol === 'https:' && url.username === '' && url.password === '';
  // A URL is read without spaces around it, and with slashes for backslashes.
  return isSafe ? (/^https:\/\/[^\s\\]+$/i.test(text) ? text : url.href) : undefined;
}

/** The fields of a message by number. Absent ones are empty or 0, as in proto3. */
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

/** Undefined if the bytes are not the expected message: the reader throws various errors. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // The API's error is still reported, only without this detail.
    return undefined;
  }
}
