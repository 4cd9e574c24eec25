import './bins.css';
import { useMemo, useState } from 'react';
import type { Bin } from '../../api/types';
import { FillMeter } from '../../fill/FillMeter';
import { fillKind } from '../../fill/fill';
import { streamName } from '../../fill/streams';
import { percent } from '../../ui/quantity';
import { Icon } from '../../ui/icons';
import { runColour, selectBin, useModel, useSelection } from '../state/model';
import { placements } from '../state/placement';
import { texts } from '../texts';
import { BinFilters } from './BinFilters';
import { filterBins, NO_FILTER } from './binFilter';
import { ROW_PX, useVisibleRows } from './visibleRows';

/** Every bin, filtered and sorted; only the rows in sight are in the page. */
export function BinList() {
  const state = useModel((each) => each);
  const { bins, stops } = state;
  const [filter, setFilter] = useState(NO_FILTER);
  const streams = useMemo(() => [...new Set([...bins.values()].map((bin) => bin.stream))].sort(), [bins]);
  const found = useMemo(() => filterBins(state, filter), [bins, stops, filter]);
  const { box, first, last, onScroll } = useVisibleRows(found.length);
  return (
    <div className="bins">
      <BinFilters filter={filter} streams={streams} onChange={setFilter} />
      {found.length === 0 && <p className="empty">{texts.noBins}</p>}
      <div className="bin-scroll" ref={box} onScroll={onScroll}>
        <ol style={{ height: found.length * ROW_PX }}>
          {found.slice(first, last).map((bin, index) => (
            <BinRow key={bin.slot_id} bin={bin} top={(first + index) * ROW_PX} />
          ))}
        </ol>
      </div>
    </div>
  );
}

function BinRow({ bin, top }: { bin: Bin; top: number }) {
  const { slotId } = useSelection();
  return (
    <li className="bin" style={{ top, height: ROW_PX }}>
      <button aria-current={slotId === bin.slot_id} data-slot={bin.slot_id}
        onClick={() => selectBin(bin.slot_id)}>
        <FillMeter kind={fillKind(bin)} fraction={bin.fill_fraction} />
        <span className="bin-main">
          <span className="bin-name ellipsis">{bin.address ?? bin.site}</span>
          <span className="bin-facts ellipsis">{bin.code} · {streamName(bin.stream)}{sensorNote(bin)}</span>
        </span>
        <PlanMark bin={bin} />
        <b className="bin-fill">{bin.fill_fraction === null ? '–' : percent(bin.fill_fraction)}</b>
      </button>
    </li>
  );
}

function sensorNote(bin: Bin): string {
  if (bin.is_silent) return ' · silent';
  return bin.device === null ? ' · no sensor' : '';
}

/** In which run it is, and what became of it. */
function PlanMark({ bin }: { bin: Bin }) {
  const placed = useModel((state) => placements(state).get(bin.slot_id));
  if (placed === undefined) return <span />;
  const { status } = placed.stop;
  const style = { color: runColour(placed.runIndex) };
  if (status === 'planned') {
    return <i className="plan-dot" style={{ background: style.color }} title="In the plan" />;
  }
  const name = status === 'done' ? 'check' : 'skip';
  return <span style={style} title={status}><Icon name={name} size={12} /></span>;
}
