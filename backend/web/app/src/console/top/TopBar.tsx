import './top.css';
import { toggleTheme, useTheme } from '../../theme/theme';
import { clockTime, dayName } from '../../time/format';
import { useNow } from '../../time/clock';
import { Icon, Mark } from '../../ui/icons';
import { useStore } from '../../ui/store';
import { AlarmButton } from '../alarms/AlarmButton';
import { RulesButton } from '../rules/RulesButton';
import { isLive, useModel } from '../state/model';
import { texts } from '../texts';
import { WhatIfButton } from '../whatif/WhatIfButton';
import { Days } from './Days';
import { Replan } from './Replan';

export function TopBar() {
  const { organisation } = useModel((state) => state.overview);
  return (
    <header className="top">
      <span className="brand"><Mark /><b>Ullage</b></span>
      <span className="place-name ellipsis">{organisation.name}</span>
      <OrganisationClock />
      <Days />
      <span className="top-space" />
      <LiveState />
      <AlarmButton />
      <a className="icon-button" href="/savings" aria-label={texts.savings} title={texts.savings}><Icon name="saved" /></a>
      <a className="icon-button to-devices" href="/devices" aria-label={texts.devices} title={texts.devices}><Icon name="chip" /></a>
      <RulesButton />
      <WhatIfButton />
      <Replan />
      <ThemeToggle />
    </header>
  );
}

function OrganisationClock() {
  const clock = useModel((state) => state.clock);
  const now = useNow(clock);
  return (
    <span className="org-clock">
      <time dateTime={new Date(now).toISOString()}>{clockTime(now, clock.zone)}</time>
      <span className="clock-day">{dayName(now, clock.zone)}</span>
      {clock.speed !== 1 && <span className="chip clock-speed">{clock.speed}× demo clock</span>}
    </span>
  );
}

function LiveState() {
  const live = useStore(isLive, (each) => each);
  return (
    <span className={live ? 'live' : 'live lost'} role="status" title={live ? '' : texts.lost}>
      <i />{live ? texts.live : texts.lostShort}
    </span>
  );
}

function ThemeToggle() {
  const isDark = useTheme() === 'dark';
  const label = isDark ? 'Use the light theme' : 'Use the dark theme';
  return (
    <button className="icon-button" onClick={toggleTheme} aria-label={label} title={label}>
      <Icon name={isDark ? 'sun' : 'moon'} />
    </button>
  );
}
