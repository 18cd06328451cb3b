import type { OrganizationFacts } from './statusFacts.ts';
import type { Event } from '../base/event.ts';

/** What runners answered about single integrations. */
export interface RunnerAnswers extends Pick<OrganizationFacts, 'answersOf'> {
  readonly onDidChange: Event<unknown>;
  /** When the answers were given that still count. */
  readonly answeredAt: () => readonly Date[];
}

/** What has been found out about single items, besides the lists. */
export interface ItemFacts extends RunnerAnswers, Pick<OrganizationFacts, 'schemaOf' | 'isKnownInherited'> {}
