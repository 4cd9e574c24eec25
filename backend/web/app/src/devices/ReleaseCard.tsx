import { useState } from 'react';
import { api } from '../api/client';
import type { Release } from '../api/types';
import type { Clock } from '../time/clock';
import { nowMs } from '../time/clock';
import { moment } from '../time/format';
import { Bar } from '../ui/Bar';
import { Icon } from '../ui/icons';
import { count } from '../ui/quantity';
import { Offer } from './Offer';
import { usePolled } from './usePolled';
import { FAILED, offerWords, OPEN, standing } from './words';

interface ReleaseProps {
  release: Release;
  clock: Clock;
  isNewest: boolean;
  reload: () => Promise<void>;
  choose: (device: string) => void;
}

/** A version and how far its roll-out has come. */
export function ReleaseCard({ release, clock, isNewest, reload, choose }: ReleaseProps) {
  const [isOffering, setIsOffering] = useState(false);
  const { on, waiting, failed, left } = standing(release);
  const whole = Math.max(1, release.device_count);
  const isStopped = release.stop_reason !== null;
  return (
    <section className="release" aria-label={`Version ${release.version}`}>
      <header>
        <h3>Version {release.version}</h3>
        {isStopped && <span className="chip bad">stopped</span>}
        {!isStopped && left + waiting + failed === 0 && on > 0 && <span className="chip accent">on all</span>}
        <span className="muted ellipsis">published {moment(release.published_at, clock.zone, nowMs(clock))} · {count(release.image_bytes / 1000)} KB · key {release.key_id}</span>
        {!isStopped && left + failed > 0 && (
          <button className={isNewest && !isOffering ? 'button primary' : 'button'} aria-expanded={isOffering} onClick={() => setIsOffering(!isOffering)}>
            {isOffering ? 'Close' : waiting + on > 0 ? 'Offer to more…' : 'Offer…'}
          </button>
        )}
      </header>
      {isStopped && <p className="trouble"><Icon name="warn" size={14} /><span>{release.stop_reason}. Nobody is offered it any more: mend it and publish it under a higher number.</span></p>}
      <Bar label={`On it ${on}, waiting ${waiting}, refused ${failed}, not offered ${left}`} parts={[
        { fraction: on / whole, colour: 'var(--accent)' },
        { fraction: waiting / whole, colour: 'var(--fill-2)' },
        { fraction: failed / whole, colour: 'var(--bad)' },
      ]} />
      <dl className="standing">
        <div><dt><i style={{ background: 'var(--accent)' }} />On it</dt><dd>{count(on)}</dd></div>
        <div><dt><i style={{ background: 'var(--fill-2)' }} />Waiting</dt><dd>{count(waiting)}<small className="muted">{parts(release)}</small></dd></div>
        <div><dt><i style={{ background: 'var(--bad)' }} />Refused or went back</dt><dd>{count(failed)}</dd></div>
        <div><dt><i style={{ background: 'var(--surface-3)' }} />{isStopped ? 'Without it' : 'Not offered'}</dt><dd>{count(left)}</dd></div>
      </dl>
      {isOffering && <Offer release={release} done={reload} />}
      {failed > 0 && <Failures release={release} choose={choose} />}
    </section>
  );
}

/** 3 offered, 1 on trial */
const parts = (release: Release): string => OPEN
  .filter((each) => (release.states[each] ?? 0) > 0)
  .map((each) => `${release.states[each]} ${each === 'downloading' ? 'fetching' : offerWords(each, 0)}`).join(', ');

const EVERY_MS = 10_000;

function Failures({ release, choose }: { release: Release; choose: (device: string) => void }) {
  const { value } = usePolled(() => api.offersOf(release, FAILED), `${release.version}`, EVERY_MS);
  return (
    <ul className="failures" aria-label="Refused or went back">
      {(value ?? []).map((each) => (
        <li key={each.device}>
          <button className="link" onClick={() => choose(each.device)}>{each.device}</button>
          <span>{offerWords(each.state, each.sent_fraction)}: {each.reason || 'no reason given'}</span>
        </li>
      ))}
    </ul>
  );
}
