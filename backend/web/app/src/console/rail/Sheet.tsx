import './sheet.css';
import { useRef, useState, type PointerEvent, type ReactNode } from 'react';

type Height = 'low' | 'half' | 'high';

const UP: Record<Height, Height> = { low: 'half', half: 'high', high: 'high' };
const DOWN: Record<Height, Height> = { low: 'low', half: 'low', high: 'half' };
const DRAG_PX = 30;

/** The left rail; on a phone, a sheet that is drawn up from below. */
export function Sheet({ children }: { children: ReactNode }) {
  const [height, setHeight] = useState<Height>('half');
  const startY = useRef(0);

  function release(event: PointerEvent): void {
    const moved = event.clientY - startY.current;
    if (moved < -DRAG_PX) setHeight(UP[height]);
    else if (moved > DRAG_PX) setHeight(DOWN[height]);
    else setHeight(height === 'half' ? 'low' : 'half');
  }

  function press(event: PointerEvent): void {
    startY.current = event.clientY;
    event.currentTarget.setPointerCapture(event.pointerId);
  }

  return (
    <aside className={`panel sheet ${height}`} aria-label="Runs and bins">
      <button className="grip" onPointerDown={press} onPointerUp={release}
        aria-label={`Sheet is ${height}; tap to change, drag to size`}><i /></button>
      {children}
    </aside>
  );
}
