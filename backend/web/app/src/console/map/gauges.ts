import { fillStep, NEARLY_FULL, type FillKind } from '../../fill/fill';
import { token } from '../../theme/theme';

/**
 * A bin on the map is a small gauge: filled to its level, in the colour of its step.
 * Dashed and hatched: foreseen. Nearly full: bigger, solid, with its number.
 */
export const GAUGE = /^(sensed|foreseen|silent|emptied|unknown)-(\d+)(?:-(alarm|fire))?$/;
export const PIXEL_RATIO = 2;
const SIDE = 30;
const CENTRE = SIDE / 2;

export function gaugeName(kind: FillKind, fraction: number | null): string {
  if (kind === 'unknown' || kind === 'emptied') return `${kind}-0`;
  const percent = Math.round((fraction ?? 0) * 100);
  const isExact = percent >= NEARLY_FULL * 100;
  return `${kind}-${isExact ? percent : Math.round(percent / 5) * 5}`;
}

/** What stands at the corner of a gauge. */
export function alarmMark(kinds: readonly string[]): string {
  if (kinds.includes('fire')) return '-fire';
  return kinds.length > 0 ? '-alarm' : '';
}

export function drawGauge(name: string): ImageData {
  const [, kind, level, mark] = GAUGE.exec(name) ?? [];
  const pen = makePen(SIDE);
  const percent = Number(level);
  if (kind === 'unknown') drawUnknown(pen);
  else if (kind === 'emptied') drawEmptied(pen);
  else if (percent >= NEARLY_FULL * 100) drawNearlyFull(pen, percent, kind as FillKind);
  else drawLevel(pen, percent, kind as FillKind);
  const isLarge = percent >= NEARLY_FULL * 100;
  if (mark !== undefined || kind === 'silent') drawAlarm(pen, mark === 'fire', isLarge);
  return pen.getImageData(0, 0, SIDE * PIXEL_RATIO, SIDE * PIXEL_RATIO);
}

export function makePen(side: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * PIXEL_RATIO;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('this browser draws no canvas: the map needs one');
  pen.scale(PIXEL_RATIO, PIXEL_RATIO);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  return pen;
}

function disc(pen: CanvasRenderingContext2D, radius: number, colour: string): void {
  pen.beginPath();
  pen.arc(CENTRE, CENTRE, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}

function ring(pen: CanvasRenderingContext2D, radius: number, colour: string, dash: number[] = []): void {
  pen.beginPath();
  pen.arc(CENTRE, CENTRE, radius, 0, 2 * Math.PI);
  pen.setLineDash(dash);
  pen.lineWidth = 1.6;
  pen.strokeStyle = colour;
  pen.stroke();
  pen.setLineDash([]);
}

function drawLevel(pen: CanvasRenderingContext2D, percent: number, kind: FillKind): void {
  const radius = 6.5;
  const colour = token(`--fill-${fillStep(percent / 100)}`);
  const rim = percent < 25 ? token('--fill-none') : colour;
  disc(pen, radius + 2.2, token('--surface'));
  pen.save();
  pen.beginPath();
  pen.arc(CENTRE, CENTRE, radius, 0, 2 * Math.PI);
  pen.clip();
  const top = CENTRE + radius - (2 * radius * percent) / 100;
  if (kind === 'sensed') {
    pen.fillStyle = colour;
    pen.fillRect(0, top, SIDE, SIDE);
  } else {
    hatch(pen, top, colour);
  }
  pen.restore();
  ring(pen, radius, rim, kind === 'sensed' ? [] : [2.4, 1.9]);
}

function hatch(pen: CanvasRenderingContext2D, top: number, colour: string): void {
  pen.beginPath();
  pen.rect(0, top, SIDE, SIDE);
  pen.clip();
  pen.strokeStyle = colour;
  pen.lineWidth = 1.3;
  for (let x = -SIDE; x < SIDE; x += 3) {
    pen.beginPath();
    pen.moveTo(x, SIDE);
    pen.lineTo(x + SIDE, 0);
    pen.stroke();
  }
}

function drawNearlyFull(pen: CanvasRenderingContext2D, percent: number, kind: FillKind): void {
  const step = fillStep(percent / 100);
  const colour = token(`--fill-${step}`);
  const isSensed = kind === 'sensed';
  disc(pen, step === 4 ? 14 : 11.5, token('--surface'));
  if (step === 4) ring(pen, 12.6, colour, isSensed ? [] : [3, 2.4]);
  disc(pen, 10, isSensed ? colour : token('--surface'));
  if (!isSensed && step < 4) ring(pen, 9.4, colour, [3, 2.4]);
  pen.fillStyle = isSensed ? token(`--fill-ink-${step}`) : token('--ink');
  pen.font = `700 ${percent > 99 ? 8.5 : 10}px ${token('--font')}`;
  pen.fillText(String(percent), CENTRE, CENTRE + 0.6);
}

function drawEmptied(pen: CanvasRenderingContext2D): void {
  const accent = token('--accent');
  disc(pen, 8.2, token('--surface'));
  ring(pen, 6.2, accent);
  pen.beginPath();
  pen.moveTo(CENTRE - 2.7, CENTRE + 0.2);
  pen.lineTo(CENTRE - 0.7, CENTRE + 2.2);
  pen.lineTo(CENTRE + 2.9, CENTRE - 2.1);
  pen.lineWidth = 1.7;
  pen.lineCap = pen.lineJoin = 'round';
  pen.strokeStyle = accent;
  pen.stroke();
}

function drawUnknown(pen: CanvasRenderingContext2D): void {
  const grey = token('--fill-none');
  disc(pen, 7.6, token('--surface'));
  ring(pen, 5.8, grey, [1.4, 2]);
  pen.fillStyle = grey;
  pen.font = `700 8.5px ${token('--font')}`;
  pen.fillText('?', CENTRE, CENTRE + 0.5);
}

/** Fire is drawn larger, in the colour of what is bad. */
function drawAlarm(pen: CanvasRenderingContext2D, isFire: boolean, isLarge: boolean): void {
  const away = isLarge ? 9 : 6.5;
  const [x, y] = [CENTRE + away, CENTRE - away];
  pen.beginPath();
  pen.arc(x, y, isFire ? 5.4 : 4.4, 0, 2 * Math.PI);
  pen.fillStyle = token(isFire ? '--bad' : '--warn');
  pen.fill();
  pen.lineWidth = 1.2;
  pen.strokeStyle = token('--surface');
  pen.stroke();
  pen.fillStyle = token('--surface');
  pen.font = `800 ${isFire ? 9 : 7}px ${token('--font')}`;
  pen.fillText('!', x, y + 0.4);
}
