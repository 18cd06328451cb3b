import type { IntegrationEntry, RunnerEntry } from './groups.ts';

/** What a term can be about, as it is typed before the colon. */
export const FILTER_FIELDS = ['host', 'provider', 'runner', 'auth', 'phase', 'id'] as const;

export type FilterField = (typeof FILTER_FIELDS)[number];

/** Part of a text, as the editor marks it: from the first index up to the second, in UTF-16 units. */
export type TextRange = [start: number, end: number];

/** A value that a term was found in. */
export interface Found {
  readonly field: FilterField;
  readonly value: string;
}

/** The words that a person sees and the API does not send. */
export interface FilterWords {
  readonly runnerName: (runner: RunnerEntry) => string;
  /** By the API's name and as a row says it. */
  readonly phase: (runner: RunnerEntry) => readonly string[];
  readonly oauth: readonly string[];
  readonly pat: readonly string[];
  readonly noSignIn: readonly string[];
}

interface Term {
  /** Undefined for a word that may stand in any field. */
  readonly field: FilterField | undefined;
  /** In lower case. */
  readonly text: string;
  /** Where it has an asterisk: the whole value then. */
  readonly pattern: ((lower: string) => boolean) | undefined;
}

/**
 * What a person typed to see fewer rows: words and terms such as `provider:gitlab`, `auth:pat`, `host:*.corp.example`, all
 * of which have to hold. A value with spaces stands in quotation marks, an asterisk is any text. Case does not matter.
 */
export class Filter {
  /** As typed, without white space around it. */
  readonly text: string;
  readonly #terms: readonly Term[];
  readonly #words: FilterWords;

  private constructor(text: string, terms: readonly Term[], words: FilterWords) {
    this.text = text;
    this.#terms = terms;
    this.#words = words;
  }

  /** @returns undefined where the text asks for nothing, such as a term that has no value yet */
  static parse(text: string, words: FilterWords): Filter | undefined {
    const terms = [...text.matchAll(/(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi)].flatMap(toTerms);
    return terms.length === 0 ? undefined : new Filter(text.trim(), terms, words);
  }

  /** Whether all terms hold for what is known of a runner alone, and so for all that it has. */
  matchesRunner(runner: RunnerEntry): boolean {
    return this.#terms.every((term) => this.#findInRunner(term, runner) !== undefined);
  }

  /** A test for the integrations of a runner. */
  testFor(runner: RunnerEntry): (entry: IntegrationEntry) => boolean {
    const open = this.#terms.filter((term) => this.#findInRunner(term, runner) === undefined);
    return (entry) => open.every((term) => this.#findInIntegration(term, entry) !== undefined);
  }

  /** What the terms have found in an integration, then in a runner; of each term the first. */
  found(entry: IntegrationEntry | undefined, runner: RunnerEntry | undefined): readonly Found[] {
    return this.#terms
      .map(
        (term) =>
          (entry && this.#findInIntegration(term, entry)) ?? (runner && this.#findInRunner(term, runner)),
      )
      .filter((found) => found !== undefined);
  }

  /** Where terms stand in a text of a row. @param field what the text is */
  ranges(text: string, field: FilterField): TextRange[] {
    const lower = text.toLowerCase();
    // A letter that is longer in lower case would move all that follows.
    return lower.length === text.length
      ? merged(this.#terms.flatMap((term) => rangesOf(term, lower, field)))
      : [];
  }

  #findInRunner(term: Term, runner: RunnerEntry): Found | undefined {
    return (
      find(term, 'runner', this.#words.runnerName(runner)) ??
      findAny(term, 'phase', this.#words.phase(runner)) ??
      find(term, 'id', runner.ref.runnerId)
    );
  }

  #findInIntegration(term: Term, { integration, provider }: IntegrationEntry): Found | undefined {
    const { host, scmId, id, oauth, pat } = integration;
    const { noSignIn } = this.#words;
    return (
      find(term, 'host', host) ??
      find(term, 'provider', provider.name) ??
      find(term, 'provider', scmId) ??
      (oauth && findAny(term, 'auth', this.#words.oauth)) ??
      (pat ? findAny(term, 'auth', this.#words.pat) : undefined) ??
      (oauth === undefined && !pat ? findAny(term, 'auth', noSignIn) : undefined) ??
      find(term, 'id', id)
    );
  }
}

function toTerms([token, key, quoted, plain]: RegExpMatchArray): Term[] {
  const field = FILTER_FIELDS.find((name) => name === key?.toLowerCase());
  // `gitlab.example:8443` is no term, but a host with its port.
  const isTerm = key === undefined || field !== undefined;
  const text = (isTerm ? (quoted ?? plain ?? '') : token).toLowerCase();
  return text === '' || (field === undefined && isBareTerm(text))
    ? []
    : [{ field, text, pattern: text.includes('*') ? wildcard(text) : undefined }];
}

/** `provider:` on its own: the value is still to come. */
function isBareTerm(text: string): boolean {
  return FILTER_FIELDS.some((field) => text === `${field}:`);
}

/** Each part where it comes first: an expression could try all ways to place them, which takes for ever in long values. */
function wildcard(text: string): (lower: string) => boolean {
  const [first = '', ...parts] = text.split('*');
  const last = parts.pop() ?? '';
  return (lower) => {
    const end = lower.length - last.length;
    let at = first.length;
    if (at > end || !lower.startsWith(first) || !lower.endsWith(last)) {
      return false;
    }
    for (const part of parts) {
      const found = lower.indexOf(part, at);
      if (found === -1) {
        return false;
      }
      at = found + part.length;
    }
    return at <= end;
  };
}

function find({ field, text, pattern }: Term, where: FilterField, value: string): Found | undefined {
  if (field !== undefined && field !== where) {
    return undefined;
  }
  const lower = value.toLowerCase();
  // "active" is not what is meant by "inactive".
  const has = () => (where === 'phase' ? ` ${lower}`.includes(` ${text}`) : lower.includes(text));
  return (pattern?.(lower) ?? has()) ? { field: where, value } : undefined;
}

function findAny(term: Term, where: FilterField, values: readonly string[]): Found | undefined {
  for (const value of values) {
    const found = find(term, where, value);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function rangesOf({ field, text, pattern }: Term, lower: string, where: FilterField): TextRange[] {
  if (field !== undefined && field !== where) {
    return [];
  }
  if (pattern !== undefined) {
    return pattern(lower) && lower !== '' ? [[0, lower.length]] : [];
  }
  const ranges: TextRange[] = [];
  for (let at = lower.indexOf(text); at !== -1; at = lower.indexOf(text, at + text.length)) {
    ranges.push([at, at + text.length]);
  }
  return ranges;
}

/** In order, those that touch as one: the editor wants them apart. */
function merged(ranges: TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) {
      last[1] = Math.max(last[1], end);
    } else {
      result.push([start, end]);
    }
  }
  return result;
}
