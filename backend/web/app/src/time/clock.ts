import { useEffect, useState } from 'react';
import type { Organisation } from '../api/types';

/** The organisation's time, as last heard: the demo's runs faster than the device's. */
export interface Clock {
  shownMs: number;
  deviceMs: number;
  speed: number;
  zone: string;
}

export function readClock(organisation: Organisation): Clock {
  return {
    shownMs: Date.parse(organisation.now),
    deviceMs: Date.now(),
    speed: organisation.clock_speed,
    zone: organisation.time_zone,
  };
}

export function nowMs(clock: Clock): number {
  return clock.shownMs + (Date.now() - clock.deviceMs) * clock.speed;
}

const TICK_MS = 1000;

/** The organisation's time, told again every second. */
export function useNow(clock: Clock): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs(clock);
}
