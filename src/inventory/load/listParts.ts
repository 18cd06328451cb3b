import type { OnaClient } from '../../api/onaClient.ts';
import type { InventoryData } from '../model.ts';
import type { MergedLeftOut } from './mergedLeftOut.ts';
import type { PageReader } from './pageReader.ts';

/** The calls that a load uses. */
export type ListClient = Pick<OnaClient, 'listRunners' | 'listScmIntegrations' | 'getRunner'>;

/** What both lists of a load use. */
export interface ListParts {
  readonly client: ListClient;
  readonly reader: PageReader;
  readonly leftOut: MergedLeftOut;
  /** The rows before the load. */
  readonly previous: InventoryData;
}
