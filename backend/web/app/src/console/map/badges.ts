import { token } from '../../theme/theme';
import { RUN_COLOURS } from '../state/model';
import { makePen, PIXEL_RATIO } from './gauges';

/** The number of a stop on its run, and the arrow that shows a run's direction. */
export const BADGE = /^stop-(\d+)-(\d+)-(planned|skipped)$/;
export const ARROW = /^arrow-(\d+)$/;
const SIDE = 18;

export const badgeName = (run: number, position: number, status: string) =>
  `stop-${run}-${position}-${status}`;

export function drawBadge(name: string): ImageData {
  const [, run, position = '', status] = BADGE.exec(name) ?? [];
  const pen = makePen(SIDE);
  const colour = runToken(run);
  const isOpen = status === 'planned';
  pen.beginPath();
  pen.arc(SIDE / 2, SIDE / 2, 7.6, 0, 2 * Math.PI);
  pen.fillStyle = isOpen ? colour : token('--surface');
  pen.fill();
  pen.lineWidth = 1.4;
  pen.strokeStyle = isOpen ? token('--surface') : colour;
  pen.stroke();
  pen.fillStyle = isOpen ? token('--run-ink') : colour;
  pen.font = `700 9px ${token('--font')}`;
  pen.fillText(isOpen ? position : '✕', SIDE / 2, SIDE / 2 + 0.5);
  return finish(pen);
}

export function drawArrow(name: string): ImageData {
  const [, run] = ARROW.exec(name) ?? [];
  const pen = makePen(SIDE);
  pen.beginPath();
  pen.moveTo(5, 3.5);
  pen.lineTo(14.5, 9);
  pen.lineTo(5, 14.5);
  pen.lineTo(7, 9);
  pen.closePath();
  pen.fillStyle = runToken(run);
  pen.strokeStyle = token('--surface');
  pen.lineWidth = 1.6;
  pen.stroke();
  pen.fill();
  return finish(pen);
}

function runToken(run: string | undefined): string {
  return token(`--run-${Number(run) % RUN_COLOURS}`);
}

function finish(pen: CanvasRenderingContext2D): ImageData {
  return pen.getImageData(0, 0, SIDE * PIXEL_RATIO, SIDE * PIXEL_RATIO);
}
