import { invalidArgument } from './paging.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** @throws ConnectError invalid_argument */
export function checkIds(field: string, ids: readonly string[]): void {
  checkCount(field, ids);
  if (!ids.every((id) => uuid.test(id))) {
    throw invalidArgument(`${field}: value must be a valid UUID`);
  }
}

/** @throws ConnectError invalid_argument */
export function checkCount(field: string, values: readonly unknown[]): void {
  if (values.length > 25) {
    throw invalidArgument(`${field}: value must contain no more than 25 items`);
  }
}
