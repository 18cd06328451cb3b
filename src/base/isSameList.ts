/** Whether two lists have the same items in the same order, compared by identity; also if neither is there. */
export function isSameList(a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean {
  return a === b || (a?.length === b?.length && a?.every((item, i) => item === b?.[i]) === true);
}
