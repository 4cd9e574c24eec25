import type { CollectionRule } from '../../api/types';
import { streamName } from '../../fill/streams';
import { plural } from '../../ui/quantity';
import { weekdayNames } from '../../ui/WeekdayPicker';

/** Every sentence about rules. */
export const words = {
  title: 'Rules',
  intro: 'What was promised, when trucks drive, and what is known of the days to come. Plans made from now on keep to it.',
  unreachable: 'No connection to the server.',
  offline: 'No connection to the server. Nothing was changed: try again once it is back.',
  stale: 'No connection. This is what was last known; it can be changed once the connection is back.',
  planAgain: 'Plan again for it to count today.',
  noRules: 'Nothing was promised',
  noRulesHint: 'Bins are emptied when it pays. A rule says when they must be, whatever their fill.',
  noDays: 'No day is different from others.',
} as const;

type Kind = CollectionRule['kind'];

export const KINDS: Readonly<Record<Kind, { title: string; hint: string }>> = {
  hygiene: { title: 'Hygiene', hint: 'emptied in time, whatever the fill' },
  contract: { title: 'Contract', hint: 'emptied as agreed with a customer' },
  overflow: { title: 'Overflow', hint: 'dearer or cheaper here than elsewhere' },
};

/** All glass bins; or: Bin A-0017 */
export const whose = ({ stream, code }: CollectionRule): string =>
  code == null ? `All ${streamName(stream ?? '').toLowerCase()} bins` : `Bin ${code}`;

/** Every 14 days at the latest; on Mon, Thu; counts 2 times */
export function whatHolds({ kind, every_days, weekdays, factor }: CollectionRule): string {
  if (factor != null) return `counts ${times(factor)}`;
  if (weekdays != null) return weekdays.length === 7 ? 'every day' : `on ${weekdayNames(weekdays)}`;
  const every = every_days === 1 ? 'every day' : `every ${plural(every_days ?? 0, 'day')}`;
  return kind === 'hygiene' ? `${every} at the latest` : every;
}

export const times = (factor: number): string => `${Number(factor.toPrecision(3))} times the usual`;

export const isSameTarget = (one: CollectionRule, other: CollectionRule): boolean =>
  one.kind === other.kind && (one.stream ?? null) === (other.stream ?? null) && (one.code ?? null) === (other.code ?? null);
