import * as v from 'valibot';
import { type Decoder, list, message, messageOrDefault, text } from './wire.ts';

/** A field of a described value. */
export interface Field<T, IsOptional extends boolean = boolean> {
  /** Paths in the API's message, e.g. `status.phase`. The first one that is not empty is used. */
  readonly paths: readonly (readonly string[])[];
  /** Decodes the value that the API sends. */
  readonly decoder: Decoder<T>;
  /** Reads a value that is already decoded. */
  readonly schema: Decoder<T>;
  /** Whether the field is left out if it is empty. */
  readonly isOptional: IsOptional;
  /** Whether a value is left out if this field cannot be read. */
  readonly isEssential: boolean;
  /** Decodes one entry, if the field is a list. */
  readonly entry?: Decoder<unknown>;
  /** Describes the value, if it is a message. */
  readonly nested?: Description<unknown>;
}

type Fields = Readonly<Record<string, Field<unknown>>>;

type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The type that fields describe. */
type Described<F extends Fields> = Flat<
  {
    readonly [K in keyof F as F[K] extends Field<unknown, false> ? K : never]: ValueOf<F[K]>;
  } & {
    readonly [K in keyof F as F[K] extends Field<unknown, false> ? never : K]?: NonNullable<ValueOf<F[K]>>;
  } & {
    /** The names of fields that could not be read, or only in part. Absent if there are none. */
    readonly unread?: readonly string[];
  }
>;

/** Flattens an intersection into one object type, so that editors show its fields. */
type Flat<T> = { [K in keyof T]: T[K] };

/** How values of one type are decoded and stored, and in which order their fields are. */
export interface Description<T> {
  /** Decodes the API's message. Rejects it if any field has a wrong type; `Salvager` then reads the others. */
  readonly decoder: Decoder<T>;
  /** Reads a decoded value that was stored as JSON. Its fields are in the order of their description. */
  readonly schema: Decoder<T>;
  readonly fields: readonly (readonly [name: string, Field<unknown>])[];
}

/**
 * Describes values of one type. The order of the fields is the order in which people see them in JSON.
 *
 * @param fields by their name in the value
 */
export function describe<F extends Fields>(fields: F): Description<Described<F>> {
  const all = Object.entries(fields);
  const decoder = v.pipe(
    message(entriesOf(all)),
    v.transform((sent) => {
      const value: Record<string, unknown> = {};
      for (const [name, { paths, isOptional }] of all) {
        const found = firstOf(paths, sent);
        if (!isOptional || !isEmpty(found)) {
          value[name] = found;
        }
      }
      return Object.freeze(value) as Described<F>;
    }),
  );
  const own = all.map(([name, { schema, isOptional }]) => [
    name,
    isOptional ? v.exactOptional(schema as v.GenericSchema) : schema,
  ]);
  const schema = v.pipe(
    message({ ...Object.fromEntries(own), unread: v.exactOptional(list(text)) } as v.ObjectEntries),
    v.transform((value) => value as Described<F>),
  );
  return { decoder, schema, fields: all };
}

/**
 * A field that is always present.
 *
 * @param path in the API's message, separated by dots
 * @param fallback path to use if the first one is empty
 */
export function field<T>(decoder: Decoder<T>, path: string, fallback?: string): Field<T, false> {
  const paths = [path, ...(fallback === undefined ? [] : [fallback])].map((one) => one.split('.'));
  return {
    paths,
    decoder,
    schema: decoder,
    isOptional: false,
    isEssential: false,
    ...('entry' in decoder && { entry: decoder.entry as Decoder<unknown> }),
  };
}

/** A field without which a value is left out, because it would be shown wrongly. */
export function essential<F extends Field<unknown>>(one: F): F {
  return { ...one, isEssential: true };
}

/** A field that is left out if it is empty. */
export function optional<T>(decoder: Decoder<T>, path: string): Field<T, true> {
  return { ...field(decoder, path), isOptional: true };
}

/** An optional field whose value is described itself. */
export function nested<T>(description: Description<T>, path: string): Field<T | null | undefined, true> {
  const { decoder, schema } = description;
  return { ...optional(v.nullish(decoder), path), schema, nested: description };
}

type Entries = Record<string, Decoder<unknown>>;

/** The schemas of the message that these fields are decoded from. */
function entriesOf(fields: readonly (readonly [string, Field<unknown>])[]): v.ObjectEntries {
  const leaves = fields.flatMap(([, { paths, decoder }]) => paths.map((path) => ({ path, decoder })));
  return entriesBelow(leaves);
}

interface Leaf {
  readonly path: readonly string[];
  readonly decoder: Decoder<unknown>;
}

function entriesBelow(leaves: readonly Leaf[]): v.ObjectEntries {
  const entries: Entries = {};
  const inner = new Map<string, Leaf[]>();
  for (const { path, decoder } of leaves) {
    const [name = '', ...rest] = path;
    if (rest.length === 0) {
      entries[name] = decoder;
    } else {
      inner.set(name, [...(inner.get(name) ?? []), { path: rest, decoder }]);
    }
  }
  for (const [name, below] of inner) {
    entries[name] = messageOrDefault(entriesBelow(below));
  }
  return entries;
}

function firstOf(paths: Field<unknown>['paths'], sent: Readonly<Record<string, unknown>>): unknown {
  let found: unknown;
  for (const path of paths) {
    found = path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], sent);
    if (!isEmpty(found)) {
      break;
    }
  }
  return found;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
