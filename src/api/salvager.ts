import type { Description, Field } from './described.ts';
import type { LeftOut } from './leftOut.ts';
import type { decode, Fault } from './wire.ts';

/*
 * This imports only types. The bundler would move code that it shared with the client to another file, which every
 * window would load.
 */

/** As in `limits.ts`. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A value as far as it could be read; undefined if it must be left out. */
interface Read {
  readonly value: unknown;
  /** What is wrong with it, e.g. `status.phase is not string`. */
  readonly faults: readonly string[];
}

interface ReadMessage extends Read {
  readonly leftOut: LeftOut | undefined;
}

/**
 * Reads malformed items of a list as far as possible: a field of the wrong type is read as if it had not been sent, and is
 * named in the item's `unread`. Items are left out if such a field is essential. Loaded only if there are such items.
 */
export class Salvager<T> {
  readonly #item: Description<T>;
  readonly #decode: typeof decode;
  readonly #path: string;
  readonly #leftOut = new Map<string, { count: number; id: string | undefined }>();
  readonly #faults = new Map<string, number>();

  /** @param path of the items, for the log; ends with a dot unless it is empty */
  constructor(item: Description<T>, decodeValue: typeof decode, path = '') {
    this.#item = item;
    this.#decode = decodeValue;
    this.#path = path;
  }

  read(sent: readonly unknown[]): { readonly items: readonly T[]; readonly leftOut: readonly LeftOut[] } {
    const items: T[] = [];
    const allLeftOut: LeftOut[] = [];
    for (const one of sent) {
      const { value, leftOut, faults } = this.#readMessage(this.#item, one, this.#path);
      if (leftOut === undefined) {
        items.push(value as T);
        faults.forEach((fault) => this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1));
      } else {
        allLeftOut.push(leftOut);
        this.#countLeftOut(leftOut);
      }
    }
    return { items, leftOut: allLeftOut };
  }

  /** One line for the log for each kind of fault, however many items have it. */
  lines(method: string): readonly string[] {
    return [
      ...[...this.#leftOut].map(
        ([fault, { count, id }]) =>
          `${method}: left out ${count}: ${fault}${id === undefined ? '' : `, e.g. in ${id}`}`,
      ),
      ...[...this.#faults].map(([fault, count]) => `${method}: read ${count} without a field: ${fault}`),
    ];
  }

  /** Remembers an id as an example if it cannot be anything but an id. */
  #countLeftOut({ fault, id }: LeftOut): void {
    const kind = this.#leftOut.get(fault) ?? { count: 0, id: undefined };
    kind.count++;
    kind.id ??= UUID.test(id ?? '') ? id : undefined;
    this.#leftOut.set(fault, kind);
  }

  #readMessage({ fields }: Description<unknown>, sent: unknown, path: string): ReadMessage {
    const value: Record<string, unknown> = {};
    const unread: string[] = [];
    const faults = new Set<string>();
    let fault = isMessage(sent) ? undefined : notAnObject(path.slice(0, -1));
    for (const [name, field] of fault === undefined ? fields : []) {
      const found = this.#readField(field, sent, path);
      const [first] = found.faults;
      if (first !== undefined && field.isEssential && found.value === undefined) {
        fault ??= first;
        continue;
      }
      if (first !== undefined) {
        unread.push(name);
        found.faults.forEach((one) => faults.add(one));
      }
      const own = found.value ?? this.#decode(field.decoder, undefined).value;
      if (!field.isOptional || !isEmpty(own)) {
        value[name] = own;
      }
    }
    if (fault !== undefined) {
      const idOf = (name: string) =>
        typeof value[name] === 'string' && !isEmpty(value[name]) && { [name]: value[name] };
      return { value: undefined, leftOut: { fault, ...idOf('id'), ...idOf('runnerId') }, faults: [fault] };
    }
    if (unread.length > 0) {
      value['unread'] = Object.freeze(unread);
    }
    return { value: Object.freeze(value), leftOut: undefined, faults: [...faults] };
  }

  #readField(field: Field<unknown>, sent: unknown, prefix: string): Read {
    const { paths, decoder, entry, nested } = field;
    let value: unknown;
    for (const path of paths) {
      let at: unknown = sent;
      for (const [i, name] of path.entries()) {
        if (at === null || at === undefined) {
          break;
        }
        if (!isMessage(at)) {
          return { value: undefined, faults: [notAnObject(prefix + path.slice(0, i).join('.'))] };
        }
        at = at[name];
      }
      const decoded = this.#decode(decoder, at);
      if (decoded.fault !== undefined) {
        const whole = prefix + path.join('.');
        if (entry !== undefined && Array.isArray(at)) {
          return this.#readList(entry, at, whole);
        }
        return nested === undefined
          ? { value: undefined, faults: [faultText(whole, decoded.fault)] }
          : this.#readMessage(nested, at, `${whole}.`);
      }
      value = decoded.value;
      if (!isEmpty(value)) {
        break;
      }
    }
    return { value, faults: [] };
  }

  /** Drops the entries that cannot be read. */
  #readList(entry: Parameters<typeof decode>[0], sent: readonly unknown[], path: string): Read {
    const value: unknown[] = [];
    const faults = new Set<string>();
    for (const one of sent) {
      const decoded = this.#decode(entry, one);
      if (decoded.fault === undefined) {
        value.push(decoded.value);
      } else {
        faults.add(faultText(`${path}[]`, decoded.fault));
      }
    }
    return { value: Object.freeze(value), faults: [...faults] };
  }
}

function notAnObject(path: string): string {
  return `${path || 'the item'} is not an object`;
}

function faultText(path: string, fault: Fault): string {
  return `${path}${fault.path === '' ? '' : `.${fault.path}`} is not ${fault.expected}`;
}

function isMessage(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
