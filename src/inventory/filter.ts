import { type FoldedText, foldText, foldWithPositions } from '../base/foldText.ts';
import { FILTER_TOKEN } from './filterToken.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from './groups.ts';
import { unicodeHostKey } from './hosts.ts';
import { PROBLEM_STATUSES } from './problemsTerm.ts';
import type { Status } from './statuses.ts';

/** The fields that a term can name before its colon. */
export const FILTER_FIELDS = ['host', 'provider', 'runner', 'auth', 'status', 'phase', 'id'] as const;

export type FilterField = (typeof FILTER_FIELDS)[number];

/** The part of a text that the editor highlights, in UTF-16 units; the end is exclusive. */
export type TextRange = [start: number, end: number];

/** A value that a term matched. */
export interface Found {
  readonly field: FilterField;
  readonly value: string;
}

/** Words that people see but the API does not send. */
export interface FilterWords {
  readonly runnerName: (runner: RunnerEntry) => string;
  /** The API's name, and the wording in rows. */
  readonly phase: (runner: RunnerEntry) => readonly string[];
  readonly oauth: readonly string[];
  readonly pat: readonly string[];
  readonly noSignIn: readonly string[];
  /** The name in terms, and the wording. */
  readonly status: (status: Status) => readonly string[];
}

interface Term {
  /** Undefined for a word that may be in any field. */
  readonly field: FilterField | undefined;
  /** Folded. */
  readonly text: string;
  /** Present if the text has an asterisk. Tests the whole value. */
  readonly pattern: ((folded: string) => boolean) | undefined;
}

/**
 * What a person typed to see fewer rows: words and terms such as `provider:gitlab`, `auth:pat`, `host:*.corp.example`,
 * all of which must match. Values with spaces are quoted, an asterisk stands for any text, and case and accents do not
 * matter (`foldText.ts`). Statuses match only in terms such as `status:broken,attention`, which lists alternatives.
 */
export class Filter {
  /** As typed, without surrounding whitespace. */
  readonly text: string;
  readonly #terms: readonly Term[];
  readonly #words: FilterWords;

  private constructor(text: string, terms: readonly Term[], words: FilterWords) {
    this.text = text;
    this.#terms = terms;
    this.#words = words;
  }

  /** @returns undefined if the text filters nothing, e.g. a term without a value yet */
  static parse(text: string, words: FilterWords): Filter | undefined {
    const terms = [...foldText(text).matchAll(FILTER_TOKEN)].flatMap(toTerms);
    return terms.length === 0 ? undefined : new Filter(text.trim(), terms, words);
  }

  /** Whether a term is about statuses. A runner that such a filter matches is kept without what else it has. */
  get isByStatus(): boolean {
    return this.#terms.some(isStatus);
  }

  /** Whether it lets through nothing but problems. */
  get isProblemsOnly(): boolean {
    return this.#terms.some((term) => isStatus(term) && term.text === PROBLEM_STATUSES);
  }

  /** Whether all terms match the runner itself, and therefore everything it has, unless the filter is by status. */
  matchesRunner(runner: RunnerEntry): boolean {
    return this.#terms.every((term) => this.#findInRunner(term, runner) !== undefined);
  }

  /** A test for the integrations of a runner. */
  testFor(runner: RunnerEntry): (entry: IntegrationEntry) => boolean {
    const remaining = this.#terms.filter(
      (term) => isStatus(term) || this.#findInRunner(term, runner) === undefined,
    );
    return (entry) => remaining.every((term) => this.#findInIntegration(term, entry) !== undefined);
  }

  /** The first match of each term, looking in the integration before the runner. Rows say their statuses anyway. */
  found(entry: IntegrationEntry | undefined, runner: RunnerEntry | undefined): readonly Found[] {
    return this.#terms
      .filter((term) => !isStatus(term))
      .map(
        (term) =>
          (entry && this.#findInIntegration(term, entry)) ?? (runner && this.#findInRunner(term, runner)),
      )
      .filter((found) => found !== undefined);
  }

  /**
   * Where terms match in a text of a row.
   *
   * @param field the field that the text shows
   */
  ranges(text: string, field: FilterField): TextRange[] {
    const folded = foldWithPositions(text);
    return merged(this.#terms.flatMap((term) => rangesOf(term, folded, field)));
  }

  #findInRunner(term: Term, runner: RunnerEntry): Found | undefined {
    return (
      this.#findStatus(term, runner) ??
      find(term, 'runner', this.#words.runnerName(runner)) ??
      findAny(term, 'phase', this.#words.phase(runner)) ??
      find(term, 'id', runner.ref.runnerId)
    );
  }

  /** Looks only at an item's own status, and only if the term is about statuses. */
  #findStatus(term: Term, { status }: ItemEntry): Found | undefined {
    return isStatus(term) ? findAny(term, 'status', this.#words.status(status.own)) : undefined;
  }

  #findInIntegration(term: Term, entry: IntegrationEntry): Found | undefined {
    const { integration, provider, hostKey } = entry;
    const { host, scmId, id, oauth, pat } = integration;
    const { noSignIn } = this.#words;
    return (
      this.#findStatus(term, entry) ??
      find(term, 'host', host) ??
      // However it is written here, the host can be typed as it is written elsewhere.
      (hostKey === host ? undefined : find(term, 'host', hostKey)) ??
      (hostKey.includes('xn--') ? find(term, 'host', unicodeHostKey(hostKey)) : undefined) ??
      find(term, 'provider', provider.name) ??
      find(term, 'provider', scmId) ??
      (oauth && findAny(term, 'auth', this.#words.oauth)) ??
      (pat ? findAny(term, 'auth', this.#words.pat) : undefined) ??
      (oauth === undefined && !pat ? findAny(term, 'auth', noSignIn) : undefined) ??
      find(term, 'id', id)
    );
  }
}

/** @param match of a folded text */
function toTerms([token, key, quoted, plain]: RegExpMatchArray): Term[] {
  const field = FILTER_FIELDS.find((name) => name === key);
  // `gitlab.example:8443` is not a term, but a host with its port.
  const isTerm = key === undefined || field !== undefined;
  const text = isTerm ? (quoted ?? plain ?? '') : token;
  if (field === 'status') {
    const alternatives = text.split(',').filter((alternative) => alternative !== '');
    // The start of a name is enough, so that the tree follows the typing.
    const patterns = alternatives.map((alternative) => wildcard(`${alternative}*`));
    const pattern = (folded: string) => patterns.some((matches) => matches(folded));
    return patterns.length === 0 ? [] : [{ field, text, pattern }];
  }
  return text === '' || (field === undefined && isBareTerm(text))
    ? []
    : [{ field, text, pattern: text.includes('*') ? wildcard(text) : undefined }];
}

function isStatus({ field }: Term): boolean {
  return field === 'status';
}

/** `provider:` on its own: the value has not been typed yet. */
function isBareTerm(text: string): boolean {
  return FILTER_FIELDS.some((field) => text === `${field}:`);
}

/** Finds each part at its first occurrence: a regular expression that backtracks would be too slow for long values. */
function wildcard(text: string): (folded: string) => boolean {
  const [first = '', ...parts] = text.split('*');
  const last = parts.pop() ?? '';
  return (folded) => {
    const end = folded.length - last.length;
    let at = first.length;
    if (at > end || !folded.startsWith(first) || !folded.endsWith(last)) {
      return false;
    }
    for (const part of parts) {
      const found = folded.indexOf(part, at);
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
  const folded = foldText(value);
  return (pattern === undefined ? hasText(folded, text, where) : pattern(folded))
    ? { field: where, value }
    : undefined;
}

function hasText(folded: string, text: string, where: FilterField): boolean {
  // A person who types "active" does not mean "inactive".
  return where === 'phase' ? ` ${folded}`.includes(` ${text}`) : folded.includes(text);
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

function rangesOf({ field, text, pattern }: Term, folded: FoldedText, where: FilterField): TextRange[] {
  if (field !== undefined && field !== where) {
    return [];
  }
  const { text: whole, originalRange } = folded;
  if (pattern !== undefined) {
    return pattern(whole) && whole !== '' ? [originalRange(0, whole.length)] : [];
  }
  const ranges: TextRange[] = [];
  for (let at = whole.indexOf(text); at !== -1; at = whole.indexOf(text, at + text.length)) {
    ranges.push(originalRange(at, at + text.length));
  }
  return ranges;
}

/** Sorted, with touching ranges merged, because the editor requires gaps between them. */
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
