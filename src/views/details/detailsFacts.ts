import type { SignIns } from '../../inventory/model.ts';
import type { SchemaAnswer } from '../../inventory/schemaAnswer.ts';

/** What the details of an item show besides the item itself. */
export interface DetailsFacts {
  /** When the lists were read; undefined if that is not known. */
  readonly asOf: Date | undefined;
  readonly pinned: boolean;
  /** The dashboard of this API has the pages that help. */
  readonly apiUrl: string;
  /** Undefined if it is not known which sign-ins are on record. */
  readonly signIns?: SignIns | undefined;
  /** What the runner could offer; absent if it was not asked. */
  readonly schema?: SchemaAnswer | undefined;
}
