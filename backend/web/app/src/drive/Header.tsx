import { about, isEstimate } from '../api/estimate';
import type { Run } from '../api/types';
import { toggleTheme, useTheme } from '../theme/theme';
import { useNow } from '../time/clock';
import { clockTime } from '../time/format';
import { Bar } from '../ui/Bar';
import { Icon } from '../ui/icons';
import { useStore } from '../ui/store';
import { isLive, vehicleId } from './state/day';
import { isOpen, useDay, type ListedStop } from './state/list';
import { outbox } from './state/outbox';
import { texts } from './texts';

/** Who drives, how far the day has come, whether there is signal. */
export function Header({ run, stops }: { run: Run; stops: readonly ListedStop[] }) {
  const { clock } = useDay();
  const now = useNow(clock);
  const isDark = useTheme() === 'dark';
  const ended = stops.filter((stop) => !isOpen(stop)).length;
  const label = `${ended} of ${stops.length} stops ended`;
  return (
    <header className="head">
      <div className="head-row">
        <button className="head-vehicle" onClick={() => vehicleId.set(null)} aria-label={texts.changeVehicle}>
          <Icon name="truck" size={20} /><b className="ellipsis">{run.vehicle}</b>
        </button>
        <Signal />
        <time>{clockTime(now, clock.zone)}</time>
        <button className="head-theme" onClick={toggleTheme}
          aria-label={isDark ? 'Use the light theme' : 'Use the dark theme'}>
          <Icon name={isDark ? 'sun' : 'moon'} size={20} />
        </button>
      </div>
      <div className="head-progress">
        <Bar label={label} parts={[{ fraction: ended / Math.max(1, stops.length), colour: 'var(--accent)' }]} />
        <span><b>{ended}</b> of {stops.length}</span>
        <span className="muted">home {about(clockTime(run.ends_at, clock.zone), isEstimate(run))}</span>
      </div>
    </header>
  );
}

function Signal() {
  const live = useStore(isLive, (each) => each);
  const waiting = useStore(outbox, (each) => each.length);
  if (waiting > 0) return <span className="chip warn" role="status">{waiting} {texts.waiting}</span>;
  if (!live) return <span className="chip warn" role="status"><Icon name="cloud" size={14} />No signal</span>;
  return null;
}
