import * as v from 'valibot';
import type { Page } from './transport/paging.ts';

/*
 * Building blocks of decoders for protobuf JSON as the API sends it. They restore defaults that the API omits, and keep
 * unknown enum values. Decoded values are frozen, because all views and other extensions share them.
 */

/** A schema for a value that the API sends. */
export type Decoder<T> = v.GenericSchema<unknown, T>;

export const text = v.nullish(v.string(), '');

export const flag = v.nullish(v.boolean(), false);

export const number = v.nullish(v.pipe(v.number(), v.finite()), 0);

/**
 * An enum value as its name, or as the number that the API sends if its own encoder does not know the value.
 *
 * @param prefix of the enum's names, e.g. `RUNNER_PHASE`
 */
export function enumName(prefix: string) {
  return v.pipe(
    v.nullish(v.union([v.string(), v.number()]), `${prefix}_UNSPECIFIED`),
    v.transform((value) => (value === 0 || value === '' ? `${prefix}_UNSPECIFIED` : String(value))),
  );
}

/** A secret. Keeps only whether it is set. */
export const secretSet = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((value) => value !== null && value !== ''),
);

export function list<T>(item: Decoder<T>) {
  return v.pipe(
    v.nullish(v.array(item), []),
    v.transform((items): readonly T[] => Object.freeze(items)),
  );
}

/** A message: an object other than a list, which `v.object` alone would accept as an object without fields. */
export function message<T extends v.ObjectEntries>(entries: T) {
  return v.pipe(
    v.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
    v.object(entries),
    v.transform((fields) => Object.freeze(fields)),
  );
}

/** A message that is decoded from `{}` if the API omits it. */
export function messageOrDefault<T extends v.ObjectEntries>(entries: T) {
  return v.nullish(message(entries), {} as never);
}

/**
 * A complete response. If it has fields, but none of the expected ones, it is not from the API, e.g. a proxy's
 * `{"error":"login required"}`, and must not look like an empty list.
 */
export function answer<T extends v.ObjectEntries>(entries: T) {
  return v.pipe(
    v.custom<object>((value) => {
      const keys = Object.keys(value as object);
      return keys.length === 0 || keys.some((key) => Object.hasOwn(entries, key));
    }),
    message(entries),
  );
}

const nextToken = v.pipe(
  messageOrDefault({ nextToken: text }),
  v.transform((pagination) => pagination.nextToken || undefined),
);

/**
 * The response to a list call: one page.
 *
 * @param name of the field that contains the items
 */
export function pageOf<T>(name: string, item: Decoder<T>): Decoder<Page<T>> {
  return v.pipe(
    answer({ [name]: list(item), pagination: nextToken }),
    v.transform((fields) => ({
      items: fields[name] as readonly T[],
      nextToken: fields.pagination as string | undefined,
    })),
  );
}

/**
 * The response to a call for one value.
 *
 * @param name of the field that contains it
 */
export function valueOf<T>(name: string, value: Decoder<T>): Decoder<T> {
  return v.pipe(
    answer({ [name]: value }),
    v.transform((fields) => fields[name] as T),
  );
}
