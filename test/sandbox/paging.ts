import type { JsonValue } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import type { PaginationRequest, PaginationResponseJson } from './gen/gitpod/v1/pagination_pb.js';

interface Position {
  offset: number;
  page: number;
}

const start: Position = { offset: 0, page: 0 };

/**
 * One page of `items`, by the API's rules: 25 items by default, 100 at most.
 * @throws ConnectError invalid_argument for a size or a token out of bounds
 */
export function pageOf<T>(
  items: readonly T[],
  request: Pick<PaginationRequest, 'pageSize' | 'token'> | undefined,
): { items: T[]; pagination: PaginationResponseJson } {
  const pageSize = request?.pageSize ?? 0;
  if (pageSize < 0 || pageSize > 100) {
    throw invalidArgument('pagination.page_size: value must be between 0 and 100');
  }
  const token = request?.token ?? '';
  const position = token === '' ? start : parseToken(token);
  if (position === undefined) {
    throw invalidArgument('pagination.token: invalid page token');
  }
  const end = position.offset + (pageSize === 0 ? 25 : pageSize);
  return {
    items: items.slice(position.offset, end),
    pagination:
      end < items.length ? { nextToken: formatToken({ offset: end, page: position.page + 1 }) } : {},
  };
}

/** The page of a listing that a request's body asks for; 0 for the first, and for calls without pages. */
export function pageNumberOf(body: JsonValue | undefined): number {
  const pagination = member(body, 'pagination');
  const token = member(pagination, 'token');
  return typeof token === 'string' ? (parseToken(token)?.page ?? 0) : 0;
}

export function invalidArgument(message: string): ConnectError {
  return new ConnectError(message, Code.InvalidArgument);
}

function formatToken({ offset, page }: Position): string {
  return Buffer.from(`page:${page}:offset:${offset}`).toString('base64');
}

function parseToken(token: string): Position | undefined {
  const match = /^page:(\d+):offset:(\d+)$/u.exec(Buffer.from(token, 'base64').toString());
  return match === null ? undefined : { page: Number(match[1]), offset: Number(match[2]) };
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
}
