import * as l10n from '@vscode/l10n';
import { plainLine } from '../base/plainLine.ts';
import type { Change } from '../inventory/changes.ts';
import { type ChangeLine, groupedChanges } from '../inventory/groupedChanges.ts';
import { MAX_CHANGES } from '../inventory/mergedChanges.ts';
import { changeSentence } from './changes.ts';
import { asOfText, isSameDay, language, timeText } from './numbersAndDates.ts';

/*
 * The document of *Show Changes*. Loaded on demand.
 */

export interface ChangesDocument {
  /** Empty if it is not known. */
  readonly organization: string;
  /** When the rows were last complete; undefined if they never were. */
  readonly checkedAt: Date | undefined;
  /** Since when loads have been compared, as far as that is known. Only said if there are no changes. */
  readonly since: Date | undefined;
  /** Newest first. */
  readonly changes: readonly Change[];
}

/** If at least so many milliseconds lie between two loads, the text says since when a change may have happened. */
const LONG_MS = 15 * 60_000;

/**
 * The changes as plain text, newest first, below the day and the time at which they were seen. Texts with a time name
 * the day if it is not today, so this has to be drawn again on the next day.
 */
export function changesText({ organization, checkedAt, since, changes }: ChangesDocument): string {
  const name = plainLine(organization);
  const now = new Date();
  return [
    name === '' ? l10n.t('Changes') : l10n.t('Changes in {0}', name),
    ...(checkedAt === undefined ? [] : [l10n.t('Last checked: {0}', asOfText(checkedAt))]),
    ...(changes.length === 0 ? ['', nothingText(since)] : loadsOf(changes).flatMap(loadLines(now))),
    ...(changes.length < MAX_CHANGES ? [] : ['', l10n.t('Only the last {0} changes are kept.', MAX_CHANGES)]),
    '',
  ].join('\n');
}

function nothingText(since: Date | undefined): string {
  return since === undefined
    ? l10n.t('No changes are known yet.')
    : l10n.t('No changes since {0}.', asOfText(since));
}

/** What was seen at the same time, and could have happened since the same time. */
function loadsOf(changes: readonly Change[]): readonly (readonly [ChangeLine, ...ChangeLine[]])[] {
  const loads: [ChangeLine, ...ChangeLine[]][] = [];
  for (const line of groupedChanges(changes)) {
    const last = loads.at(-1);
    if (last?.[0].at.getTime() === line.at.getTime() && last[0].since.getTime() === line.since.getTime()) {
      last.push(line);
    } else {
      loads.push([line]);
    }
  }
  return loads;
}

/** @returns makes the lines of a load, below a heading if it is the first one of its day */
function loadLines(now: Date): (lines: readonly [ChangeLine, ...ChangeLine[]]) => readonly string[] {
  let day: Date | undefined;
  return (lines) => {
    const [{ since, at }] = lines;
    const isNewDay = day === undefined || !isSameDay(day, at);
    day = at;
    const time = timeText(at, { hour: '2-digit', minute: '2-digit' });
    const isLong = at.getTime() - since.getTime() > LONG_MS;
    const indent = isLong ? ' '.repeat(time.length) : time;
    return [
      ...(isNewDay ? ['', timeText(at, { dateStyle: 'full' }), ''] : []),
      ...(isLong ? [`${time}  ${l10n.t('Since {0}:', sinceText(since, at, now))}`] : []),
      ...lines.map((line) => `${indent}  ${changeSentence(line)}`),
    ];
  };
}

/** The time, with the day unless the change was seen on the same one. */
function sinceText(since: Date, at: Date, now: Date): string {
  const time = timeText(since, { hour: '2-digit', minute: '2-digit' });
  if (isSameDay(since, at)) {
    return time;
  }
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return isSameDay(since, yesterday)
    ? `${new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(-1, 'day')} ${time}`
    : timeText(since, { dateStyle: 'medium', timeStyle: 'short' });
}
