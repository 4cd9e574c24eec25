import type { DeviceOffer, DeviceState } from '../api/types';
import { nowMs, type Clock } from '../time/clock';
import { moment } from '../time/format';
import { Bar } from '../ui/Bar';
import { hasFailed, isOpen, OFFER_MEANS, offerWords, versionName } from './words';

interface ProgramProps {
  device: DeviceState;
  offers: readonly DeviceOffer[];
  clock: Clock;
}

/** What runs on a device, and what became of the versions that it was offered. */
export function Program({ device, offers, clock }: ProgramProps) {
  const now = nowMs(clock);
  const [newest, ...before] = offers;
  return (
    <section className="program-card" aria-label="Program">
      <h3>Program</h3>
      <p><b className="runs">{device.version === null ? 'Not known yet' : capital(versionName(device.version))}</b>
        <span className="muted">{device.board}{device.version_known_at === null ? '' : `, said ${moment(device.version_known_at, clock.zone, now)}`}</span></p>
      {device.version === null && <p className="muted">It says what it is with one of its first reports.</p>}
      {newest === undefined
        ? <p className="muted">It was not offered any version yet.</p>
        : <OfferLine offer={newest} clock={clock} />}
      {before.length > 0 && <details><summary>{before.length} before that</summary>{before.map((each, index) => <OfferLine key={index} offer={each} clock={clock} isPast />)}</details>}
    </section>
  );
}

function OfferLine({ offer, clock, isPast = false }: { offer: DeviceOffer; clock: Clock; isPast?: boolean }) {
  const tone = hasFailed(offer.state) ? 'chip bad' : offer.state === 'confirmed' ? 'chip accent' : isOpen(offer.state) ? 'chip warn' : 'chip';
  const by = offer.offered_by === null ? '' : `, offered by ${offer.offered_by}`;
  return (
    <div className="offer-line">
      <p>Version {offer.version} <span className={tone}>{offerWords(offer.state, offer.sent_fraction)}</span>
        <span className="muted">{moment(offer.changed_at, clock.zone, nowMs(clock))}{by}</span></p>
      {offer.state === 'downloading' && <Bar label="Sent" parts={[{ fraction: offer.sent_fraction, colour: 'var(--accent)' }]} />}
      {offer.reason !== '' && offer.state !== 'confirmed' && <p className="said">{capital(offer.reason)}</p>}
      {!isPast && <p className="muted">{OFFER_MEANS[offer.state]}</p>}
    </div>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
