import type { Bin } from '../api/types';

/** How a bin's fill came to be known; each is drawn in its own way. */
export type FillKind = 'sensed' | 'foreseen' | 'silent' | 'emptied' | 'unknown';

/** Step of the colour ramp, from empty to overflowing. */
export type FillStep = 0 | 1 | 2 | 3 | 4;

export const NEARLY_FULL = 0.8;
const STEP_STARTS = [0.25, 0.5, NEARLY_FULL, 1] as const;

export function fillStep(fraction: number): FillStep {
  return STEP_STARTS.filter((start) => fraction >= start).length as FillStep;
}

export function fillKind(bin: Bin): FillKind {
  if (bin.fill_fraction === null || bin.fill_source === null) return 'unknown';
  if (bin.fill_source === 'emptying') return 'emptied';
  if (bin.fill_source === 'sensor') return 'sensed';
  return bin.is_silent ? 'silent' : 'foreseen';
}

export function fillVariable(fraction: number | null): string {
  return fraction === null ? 'var(--fill-none)' : `var(--fill-${fillStep(fraction)})`;
}
