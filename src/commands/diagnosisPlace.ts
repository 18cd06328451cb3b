import type { Subject } from '../api/identity.ts';
import type { ItemChecks } from '../checks/checkState.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import type { InventoryState } from '../inventory/model.ts';

/** Where and when a diagnosis is made. */
export interface DiagnosisPlace {
  /** Names and versions of the extension and the editor. */
  readonly programs: readonly string[];
  readonly apiHost: string;
  /** Undefined if it is not known yet. */
  readonly organization: { readonly name: string; readonly id: string } | undefined;
  /** That of the entries. */
  readonly state: InventoryState;
  /** The owner of the key; undefined if that is not known. */
  readonly subject?: Subject | undefined;
  /** What runners were asked; undefined if nothing is known of that yet. */
  readonly checksOf?: (entry: IntegrationEntry) => ItemChecks | undefined;
}
