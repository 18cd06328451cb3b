import fc from 'fast-check';
import { hostileJson, hostileNames, hostileText } from './hostile.ts';
import { countOf, type Json, type Members, replaceAt } from './json.ts';

/** One change somewhere in an answer. */
export interface Mutation {
  /** The value to change: counted from the outside in, wrapping around. */
  readonly at: number;
  /** Its replacement: zero or more values. */
  readonly change: (value: Json) => readonly Json[];
}

const name = fc.oneof(fc.constantFrom(...hostileNames), hostileText);

const change = fc.oneof<fc.WeightedArbitrary<Mutation['change']>[]>(
  { weight: 5, arbitrary: hostileJson.map((hostile) => () => [hostile]) },
  { weight: 2, arbitrary: fc.constant(() => []) },
  { weight: 2, arbitrary: fc.constant((value) => [value, value]) },
  // Of two members with the same name, the last wins.
  { weight: 1, arbitrary: hostileJson.map((hostile) => (value) => [value, hostile]) },
  { weight: 1, arbitrary: hostileJson.map((hostile) => (value) => [hostile, value]) },
  { weight: 1, arbitrary: fc.constant((value) => [[value]]) },
  { weight: 1, arbitrary: name.map((key) => (value) => [{ members: [[key, value]] }]) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(name, hostileJson, fc.boolean())
      .map(([key, hostile, first]) => (value) => [addMember(value, [key, hostile], first)]),
  },
);

function addMember(value: Json, member: Members['members'][number], first: boolean): Json {
  if (typeof value !== 'object' || value === null || !('members' in value)) {
    return value;
  }
  return { members: first ? [member, ...value.members] : [...value.members, member] };
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({ at: fc.nat(10_000), change });

/** The roots of a text after applying the mutations in order. */
export function mutate(root: Json, mutations: readonly Mutation[]): readonly Json[] {
  return mutations.reduce<readonly Json[]>(
    (roots, { at, change }) => (roots.length === 0 ? roots : replaceAt(roots, at % countOf(roots), change)),
    [root],
  );
}
