import type { PlacedStop } from '../api/placed';
import { Icon } from '../ui/icons';
import { BottomSheet } from './BottomSheet';
import { texts } from './texts';

/** Hand the stop over to a map app; all of them think of a car. */
export function NavigateSheet({ stop, onClose }: { stop: PlacedStop; onClose: () => void }) {
  return (
    <BottomSheet title={texts.navigate} onClose={onClose}>
      <p className="notice"><Icon name="warn" size={18} />{texts.carWarning}</p>
      <div className="choices">
        {links(stop).map(([name, href]) => (
          <a key={name} className="choice-button" href={href} target="_blank" rel="noreferrer"
            onClick={onClose}>{name}</a>
        ))}
      </div>
    </BottomSheet>
  );
}

function links({ lat_deg: lat, lon_deg: lon, address, name }: PlacedStop): [string, string][] {
  const label = encodeURIComponent(address ?? name);
  return [
    ['Map app of this phone', `geo:${lat},${lon}?q=${lat},${lon}(${label})`],
    ['Google Maps', `https://www.google.com/maps/dir/?api=1&destination=${lat},${lon}&travelmode=driving&dir_action=navigate`],
    ['Waze', `https://waze.com/ul?ll=${lat},${lon}&navigate=yes`],
    ['Apple Maps', `https://maps.apple.com/?daddr=${lat},${lon}`],
  ];
}
