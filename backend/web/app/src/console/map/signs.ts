import { token } from '../../theme/theme';
import { makePen, PIXEL_RATIO } from './gauges';

/** The signs of closures: no entry, or a limit in its red ring. */
export const SIGN = /^shut-(?:closed|(\d+(?:\.\d+)?)-(t|m))$/;
const SIDE = 26;
const CENTRE = SIDE / 2;

export const signName = (limit: { size: number; unit: string } | null) =>
  limit === null ? 'shut-closed' : `shut-${limit.size}-${limit.unit}`;

export function drawSign(name: string): ImageData {
  const [, size, unit] = SIGN.exec(name) ?? [];
  const pen = makePen(SIDE);
  disc(pen, 12.4, token('--sign'));
  disc(pen, 11.2, token('--shut'));
  if (size === undefined || unit === undefined) drawBar(pen);
  else drawLimit(pen, size, unit);
  return pen.getImageData(0, 0, SIDE * PIXEL_RATIO, SIDE * PIXEL_RATIO);
}

function disc(pen: CanvasRenderingContext2D, radius: number, colour: string): void {
  pen.beginPath();
  pen.arc(CENTRE, CENTRE, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}

function drawBar(pen: CanvasRenderingContext2D): void {
  pen.fillStyle = token('--shut-ink');
  pen.fillRect(CENTRE - 7, CENTRE - 2.3, 14, 4.6);
}

function drawLimit(pen: CanvasRenderingContext2D, size: string, unit: string): void {
  disc(pen, 8.8, token('--sign'));
  pen.fillStyle = token('--sign-ink');
  pen.font = `800 ${size.length > 3 ? 7 : 8.5}px ${token('--font')}`;
  pen.fillText(size, CENTRE, CENTRE - 1.4);
  pen.font = `700 5.5px ${token('--font')}`;
  pen.fillText(unit, CENTRE, CENTRE + 5);
}
