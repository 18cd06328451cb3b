import { endOf } from './signInIndex.ts';
import type { SignIns } from './model.ts';
import { ANSWER_LIFE_MS, TOKEN_NOTICE_MS } from './status.ts';

/**
 * The next moment at which a status can change without anything new from the API.
 *
 * @param answeredAt the times of the answers that count
 * @returns undefined if there is no such moment
 */
export function nextStatusChange(
  signIns: SignIns | undefined,
  answeredAt: readonly Date[],
  now: Date,
): Date | undefined {
  const ends = (signIns?.tokens ?? []).map(endOf).filter((end) => end !== undefined);
  const notices = ends.map((end) => end.getTime() - TOKEN_NOTICE_MS);
  // "In 3 days" is said of days of the calendar.
  const isCounting = notices.some((notice) => notice <= now.getTime());
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
  const moments = [
    ...notices,
    ...ends.map((end) => end.getTime()),
    ...answeredAt.flatMap((at) => [at.getTime() - ANSWER_LIFE_MS, at.getTime() + ANSWER_LIFE_MS]),
    ...(isCounting ? [midnight] : []),
  ].filter((moment) => moment > now.getTime());
  return moments.length === 0 ? undefined : new Date(Math.min(...moments));
}
