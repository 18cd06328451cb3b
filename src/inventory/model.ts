import type { OnaApiError } from '../api/errors.ts';
import type { Runner, ScmIntegration } from '../api/schema.ts';

/** What the organization has. An object that did not change between two loads is the same object in both. */
export interface Rows {
  readonly runners: readonly Runner[];
  readonly integrations: readonly ScmIntegration[];
  /** The list of integrations has never been read to its end: a runner without any may have some. */
  readonly integrationsPending?: true;
}

export const NO_ROWS: Rows = Object.freeze({
  runners: Object.freeze([]),
  integrations: Object.freeze([]),
  integrationsPending: true,
});

/** One immutable state of the inventory; every view is a function of it. */
export type InventoryState =
  | { readonly kind: 'signedOut'; readonly rows: Rows }
  /** The first load runs; rows arrive page by page. */
  | { readonly kind: 'loading'; readonly rows: Rows }
  | { readonly kind: 'ready'; readonly rows: Rows; readonly asOf: Date; readonly refreshing: boolean }
  /** The last load failed, wholly or in part; rows are there. */
  | {
      readonly kind: 'stale';
      readonly rows: Rows;
      /** When the last complete load ended; undefined where there was none. */
      readonly asOf: Date | undefined;
      readonly error: OnaApiError;
      readonly since: Date;
      readonly refreshing: boolean;
    }
  /** The last load failed, and there are no rows. */
  | {
      readonly kind: 'failed';
      readonly rows: Rows;
      readonly error: OnaApiError;
      readonly since: Date;
    };
