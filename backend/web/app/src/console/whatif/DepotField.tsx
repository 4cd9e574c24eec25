import { useState } from 'react';
import { Icon } from '../../ui/icons';
import { changeDraft, startPlacing, useWhatIf } from './state';

const DIGITS = 5;

/** Where all trucks would start and end: as today, or a place on the map. */
export function DepotField() {
  const { draft: { depot } } = useWhatIf();
  const [text, setText] = useState<string | null>(null);

  function type(value: string): void {
    const [lat, lon] = value.split(/[,; ]+/).map(Number);
    const isPlace = lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
    setText(isPlace ? null : value);
    if (isPlace) changeDraft({ depot: { lat_deg: lat, lon_deg: lon } });
  }

  return (
    <fieldset>
      <legend>Depot</legend>
      <div className="depot">
        <button type="button" className="button" onClick={() => startPlacing('depot')}>
          <Icon name="depot" size={14} />{depot === null ? 'Elsewhere: choose on the map' : 'Choose another place'}
        </button>
        {depot !== null && (
          <button type="button" className="icon-button" aria-label="Leave the depot where it is" onClick={() => { setText(null); changeDraft({ depot: null }); }}>
            <Icon name="close" size={14} />
          </button>
        )}
      </div>
      <label className="inline-field wide">
        <input aria-label="Latitude, longitude of the depot" placeholder="or latitude, longitude" autoComplete="off"
          key={depot === null ? '' : `${depot.lat_deg},${depot.lon_deg}`}
          defaultValue={depot === null ? '' : `${depot.lat_deg.toFixed(DIGITS)}, ${depot.lon_deg.toFixed(DIGITS)}`}
          onBlur={(event) => event.target.value.trim() !== '' && type(event.target.value)} />
      </label>
      {text !== null && <p className="trouble" role="alert">“{text}” is no place: give it like 60.17, 24.94</p>}
    </fieldset>
  );
}
