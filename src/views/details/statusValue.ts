import type { ItemStatus } from '../../inventory/statuses.ts';
import { statusText, statusWords } from '../../words/status.ts';
import type { DetailsValue } from './protocol.ts';
import { none } from './rows.ts';

/** A status in a few words, with its shape, for a row that is about another item; undefined if there is nothing to say. */
export function statusValue(status: ItemStatus): DetailsValue | undefined {
  const words = statusWords(status);
  return words === undefined ? undefined : { ...shapeOf(status), text: words };
}

/**
 * A status as the heading of its reasons.
 *
 * @param unchecked a sentence to say if nothing was checked
 */
export function statusHeading(status: ItemStatus, unchecked: string): DetailsValue {
  return status.own === 'unchecked' ? none(unchecked) : { ...shapeOf(status), text: statusText(status.own) };
}

function shapeOf({ own }: ItemStatus): Omit<DetailsValue, 'text'> {
  switch (own) {
    case 'broken':
      return { style: 'bad', icon: 'error' };
    case 'attention':
      return { style: 'warning', icon: 'warning' };
    case 'works':
      return { style: 'good', icon: 'check' };
    case 'unchecked':
      return { style: 'none' };
  }
}
