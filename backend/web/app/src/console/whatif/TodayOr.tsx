import type { InvalidEvent, ReactNode } from 'react';

interface Props {
  name: string;
  legend: string;
  /** What it is today, if that can be said. */
  today: string | null;
  other: string;
  /** In per cent; null is as today, NaN is nothing yet. */
  value: number | null;
  usual: number;
  limits: { min: number; max: number; step: number };
  unit: string;
  change: (value: number | null) => void;
  children?: ReactNode;
}

/** A share that stays as it is today, or is asked for. */
export function TodayOr({ name, legend, today, other, value, usual, limits, unit, change, children }: Props) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="segments">
        <label>
          <input type="radio" name={name} checked={value === null} onChange={() => change(null)} />
          <span>As today{today !== null && `: ${today}`}</span>
        </label>
        <label>
          <input type="radio" name={name} checked={value !== null} onChange={() => change(usual)} />
          <span>{other}</span>
        </label>
      </div>
      {value !== null && (
        <label className="inline-field">
          <input type="number" required {...limits} inputMode={limits.step < 1 ? 'decimal' : 'numeric'} value={Number.isNaN(value) ? '' : value}
            onInvalid={openAround} onChange={(event) => change(event.target.valueAsNumber)} />
          {unit}
        </label>
      )}
      {children}
    </fieldset>
  );
}

/** The browser cannot point at a field that is folded away. */
function openAround({ currentTarget }: InvalidEvent<HTMLInputElement>): void {
  const folded = currentTarget.closest('details');
  if (folded) folded.open = true;
}
