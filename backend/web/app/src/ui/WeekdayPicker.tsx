import './weekdays.css';

/** 1 is Monday, as in ISO 8601. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const LONG = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

interface PickerProps {
  label: string;
  chosen: readonly number[];
  isDisabled?: boolean;
  choose: (weekdays: number[]) => void;
}

/** Seven days to turn on and off. */
export function WeekdayPicker({ label, chosen, isDisabled = false, choose }: PickerProps) {
  const toggle = (day: number) =>
    choose(chosen.includes(day) ? chosen.filter((each) => each !== day) : [...chosen, day].sort());
  return (
    <div className="weekdays" role="group" aria-label={label}>
      {WEEKDAYS.map((name, index) => (
        <label key={name}>
          <input type="checkbox" aria-label={LONG[index]} checked={chosen.includes(index + 1)} disabled={isDisabled} onChange={() => toggle(index + 1)} />
          <span>{name}</span>
        </label>
      ))}
    </div>
  );
}

/** Mon to Fri; or Mon, Thu */
export function weekdayNames(weekdays: readonly number[]): string {
  const [first, last] = [Math.min(...weekdays), Math.max(...weekdays)];
  if (weekdays.length === WEEKDAYS.length) return 'every day';
  const name = (day: number) => WEEKDAYS[day - 1] ?? '';
  if (weekdays.length > 2 && last - first + 1 === weekdays.length) return `${name(first)} to ${name(last)}`;
  return [...weekdays].sort().map(name).join(', ');
}
