import type { OrganizationFacts } from './statusFacts.ts';
import type { Event } from '../base/event.ts';

/** What has been found out about single items, besides the lists. */
export interface ItemFacts extends Pick<OrganizationFacts, 'schemaOf' | 'isKnownInherited' | 'answersOf'> {
  readonly onDidChange: Event<unknown>;
  /** When the answers were given that still count. */
  readonly answeredAt: () => readonly Date[];
}
