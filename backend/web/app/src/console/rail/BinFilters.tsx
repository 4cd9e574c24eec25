import { streamName } from '../../fill/streams';
import { Icon } from '../../ui/icons';
import { texts } from '../texts';
import { FLAGS, toggled, type BinFilter, type Flag, type SortKey } from './binFilter';

interface BinFiltersProps {
  filter: BinFilter;
  streams: readonly string[];
  onChange: (filter: BinFilter) => void;
}

const SORTS: Record<SortKey, string> = { fill: 'Fullest first', full: 'Full soonest', code: 'By code' };

export function BinFilters({ filter, streams, onChange }: BinFiltersProps) {
  return (
    <div className="filters">
      <label className="search">
        <Icon name="search" size={14} />
        <input type="search" value={filter.words} placeholder={texts.searchBins}
          aria-label={texts.searchBins}
          onChange={(event) => onChange({ ...filter, words: event.target.value })} />
      </label>
      <select aria-label="Stream" value={filter.stream}
        onChange={(event) => onChange({ ...filter, stream: event.target.value })}>
        <option value="">{texts.allStreams}</option>
        {streams.map((stream) => <option key={stream} value={stream}>{streamName(stream)}</option>)}
      </select>
      <div className="flags">
        {(Object.keys(FLAGS) as Flag[]).map((flag) => (
          <button key={flag} aria-pressed={filter.flags.has(flag)}
            onClick={() => onChange({ ...filter, flags: toggled(filter.flags, flag) })}>
            {FLAGS[flag].name}
          </button>
        ))}
      </div>
      <select className="sort" aria-label="Order" value={filter.sort}
        onChange={(event) => onChange({ ...filter, sort: event.target.value as SortKey })}>
        {Object.entries(SORTS).map(([key, name]) => <option key={key} value={key}>{name}</option>)}
      </select>
    </div>
  );
}
