import type { Bin } from '../../api/types';
import { NEARLY_FULL } from '../../fill/fill';
import type { ConsoleState } from '../state/model';
import { placements } from '../state/placement';

export type SortKey = 'fill' | 'full' | 'code';
export type Flag = 'nearlyFull' | 'planned' | 'silent' | 'unsensed';

export interface BinFilter {
  words: string;
  stream: string;
  flags: ReadonlySet<Flag>;
  sort: SortKey;
}

export const NO_FILTER: BinFilter = { words: '', stream: '', flags: new Set(), sort: 'fill' };

export const FLAGS: Record<Flag, { name: string; holds: (bin: Bin, isPlanned: boolean) => boolean }> = {
  nearlyFull: { name: '≥ 80 %', holds: (bin) => (bin.fill_fraction ?? 0) >= NEARLY_FULL },
  planned: { name: 'In plan', holds: (_, isPlanned) => isPlanned },
  silent: { name: 'Silent', holds: (bin) => bin.is_silent },
  unsensed: { name: 'No sensor', holds: (bin) => bin.device === null },
};

const LATE = '9999';
const ORDERS: Record<SortKey, (first: Bin, second: Bin) => number> = {
  fill: (first, second) => (second.fill_fraction ?? -1) - (first.fill_fraction ?? -1),
  full: (first, second) => (first.full_at ?? LATE).localeCompare(second.full_at ?? LATE),
  code: (first, second) => first.code.localeCompare(second.code, 'en', { numeric: true }),
};

export function filterBins(state: ConsoleState, filter: BinFilter): Bin[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  const planned = placements(state);
  return [...state.bins.values()]
    .filter((bin) => filter.stream === '' || bin.stream === filter.stream)
    .filter((bin) => [...filter.flags].every((flag) => FLAGS[flag].holds(bin, planned.has(bin.slot_id))))
    .filter((bin) => {
      const text = `${bin.code} ${bin.site} ${bin.address ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort(ORDERS[filter.sort]);
}

export function toggled(flags: ReadonlySet<Flag>, flag: Flag): ReadonlySet<Flag> {
  const next = new Set(flags);
  if (!next.delete(flag)) next.add(flag);
  return next;
}
