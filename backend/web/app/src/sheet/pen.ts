import { about, isEstimate } from '../api/estimate';
import type { Run } from '../api/types';
import { streamName } from '../fill/streams';
import { wordsOf, type Words } from './words';

/** How the sheet writes: in the reader's language, in the organisation's time. */
export interface Pen {
  language: string;
  words: Words;
  day: (serviceDay: string) => string;
  time: (at: string) => string;
  /** The same, marked where there was no street map to know it from. */
  guessed: (written: string) => string;
  km: (metres: number) => string;
  duration: (seconds: number) => string;
  litres: (value: number) => string;
  kilograms: (value: number) => string;
  percent: (fraction: number) => string;
  stream: (stream: string) => string;
}

export function takePen(language: string, zone: string, run: Run): Pen {
  const locale = language === 'en' ? 'en-GB' : language;
  const words = wordsOf(language);
  const isGuess = isEstimate(run);
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const unit = (value: number, name: string) => `${whole.format(value)}\u00a0${name}`;
  return {
    language,
    words,
    day: (serviceDay) => day.format(new Date(`${serviceDay}T12:00:00Z`)),
    time: (at) => clock.format(new Date(at)),
    guessed: (written) => about(written, isGuess),
    km: (metres) => `${tenths.format(metres / 1000)}\u00a0km`,
    duration: (seconds) => duration(Math.round(seconds / 60)),
    litres: (value) => unit(value, 'l'),
    kilograms: (value) => unit(value, 'kg'),
    percent: (fraction) => unit(fraction * 100, '%'),
    stream: (stream) => words.streams[stream] ?? streamName(stream),
  };
}

function duration(minutes: number): string {
  const rest = String(minutes % 60).padStart(2, '0');
  return minutes < 60 ? `${minutes}\u00a0min` : `${Math.floor(minutes / 60)}\u00a0h\u00a0${rest}`;
}
