import type { Subject } from '../../api/identity.ts';
import type { ItemChecks } from '../../checks/checkState.ts';
import type { IntegrationEntry } from '../../inventory/groups.ts';
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
  /** What runners were asked about an integration; undefined if nothing is known of that yet. */
  readonly checksOf?: (entry: IntegrationEntry) => ItemChecks | undefined;
  /** The owner of the key; undefined if that is not known. */
  readonly subject?: Subject | undefined;
}
