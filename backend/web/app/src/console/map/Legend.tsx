import './legend.css';
import { useEffect, useRef, useState } from 'react';
import { useTheme } from '../../theme/theme';
import { Icon } from '../../ui/icons';
import { drawGauge, PIXEL_RATIO } from './gauges';
import { drawSign, SIGN } from './signs';

const ENTRIES = [
  ['sensed-10', 'under 25 %'],
  ['sensed-40', '25–50 %'],
  ['sensed-65', '50–80 %'],
  ['sensed-87', '80–100 %, with its number'],
  ['sensed-104', 'overflowing'],
  ['foreseen-65', 'foreseen, no sensor'],
  ['silent-65', 'foreseen, sensor silent'],
  ['sensed-40-alarm', 'something is wrong'],
  ['sensed-40-fire', 'fire'],
  ['emptied-0', 'just emptied'],
  ['unknown-0', 'nothing known'],
  ['shut-closed', 'closed street'],
  ['shut-7.5-t', 'open only up to a limit'],
] as const;

/** What the signs on the map mean; folded away until asked for. */
export function Legend() {
  const [isOpen, setIsOpen] = useState(false);
  const theme = useTheme();
  return (
    <div className="legend">
      {isOpen && (
        <ul className="panel legend-list" id="legend">
          {ENTRIES.map(([gauge, meaning]) => (
            <li key={gauge}><Gauge key={theme} name={gauge} />{meaning}</li>
          ))}
        </ul>
      )}
      <button className="map-button" aria-expanded={isOpen} aria-controls="legend"
        onClick={() => setIsOpen(!isOpen)}>
        <Icon name="layers" size={14} />Legend
      </button>
    </div>
  );
}

function Gauge({ name }: { name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = SIGN.test(name) ? drawSign(name) : drawGauge(name);
    const target = canvas.current;
    if (target === null) return;
    target.width = image.width;
    target.height = image.height;
    target.style.width = `${image.width / PIXEL_RATIO}px`;
    target.getContext('2d')?.putImageData(image, 0, 0);
  }, [name]);
  return <canvas ref={canvas} aria-hidden="true" />;
}
