import { plainLine } from '../../base/plainLine.ts';
import { redactAll, redactKeyShapes } from '../../base/redact.ts';

/** In UTF-16 units. Error texts of the API are shown on one line. */
const MAX_DETAIL_LENGTH = 300;

/** Text from the API or the network on one line, without secrets: safe to show and to log. */
export function oneLine(
  text: string,
  secrets: readonly string[],
  maxLength: number = MAX_DETAIL_LENGTH,
): string {
  return plainLine(redactKeyShapes(redactAll(text, secrets)), maxLength);
}
