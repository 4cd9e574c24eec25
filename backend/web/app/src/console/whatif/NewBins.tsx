import type { WhatIfBin } from '../../api/types';
import { streamName } from '../../fill/streams';
import { Icon } from '../../ui/icons';
import { useModel } from '../state/model';
import { changeDraft, startPlacing, useWhatIf } from './state';

const SHOWN = 6;

/** Bins that are not there yet; they fill like the others of their stream. */
export function NewBins() {
  const { draft: { bins } } = useWhatIf();
  const replace = (index: number, fields: Partial<WhatIfBin> | null) =>
    changeDraft({ bins: bins.flatMap((each, at) => (at !== index ? [each] : fields === null ? [] : [{ ...each, ...fields }])) });
  return (
    <fieldset>
      <legend>More bins</legend>
      {bins.slice(0, SHOWN).map((each, index) => (
        <Row key={index} bin={each} number={index + 1} change={(fields) => replace(index, fields)} />
      ))}
      {bins.length > SHOWN && <p className="muted">and {bins.length - SHOWN} more</p>}
      <button type="button" className="button" onClick={() => startPlacing('bins')}>
        <Icon name="plus" size={14} />{bins.length === 0 ? 'Place bins on the map' : 'Place more'}
      </button>
    </fieldset>
  );
}

interface RowProps {
  bin: WhatIfBin;
  number: number;
  change: (fields: Partial<WhatIfBin> | null) => void;
}

function Row({ bin, number, change }: RowProps) {
  const known = useModel((state) => state.bins);
  const streams = [...new Set([...known.values()].map((each) => each.stream))].sort();
  return (
    <div className="new-bin">
      <b>{number}</b>
      <select aria-label={`Stream of new bin ${number}`} value={bin.stream} onChange={(event) => change({ stream: event.target.value })}>
        {streams.map((each) => <option key={each} value={each}>{streamName(each)}</option>)}
      </select>
      <label><input type="number" min="10" max="50000" step="10" aria-label={`Litres of new bin ${number}`} value={bin.volume_l}
        onChange={(event) => change({ volume_l: event.target.valueAsNumber || 660 })} />l</label>
      <label title="It has a sensor"><input type="checkbox" checked={bin.has_sensor ?? false}
        onChange={(event) => change({ has_sensor: event.target.checked })} />sensor</label>
      <button type="button" className="icon-button" aria-label={`Without new bin ${number}`} onClick={() => change(null)}><Icon name="close" size={14} /></button>
    </div>
  );
}
