import { useEffect, useState, type FormEvent } from 'react';
import { api, ApiError } from '../api/client';
import type { Offered, Release } from '../api/types';
import { Icon } from '../ui/icons';
import { plural } from '../ui/quantity';
import { sharers } from './words';

const SHARES = [5, 20, 50, 100];

/** Offer a version to a share of the board's devices, having seen to how many that is. */
export function Offer({ release, done }: { release: Release; done: () => Promise<void> }) {
  const [percent, setPercent] = useState(SHARES[0]!);
  const [foreseen, setForeseen] = useState<Offered | null>(null);
  const [made, setMade] = useState<Offered | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // What stands where changes while somebody thinks.
  const key = JSON.stringify(release.states);
  useEffect(() => {
    let isWanted = true;
    setForeseen(null);
    api.foreseeOffer(release, percent)
      .then((found) => isWanted && (setForeseen(found), setWhy(null)))
      .catch((error: unknown) => isWanted && setWhy(explain(error)));
    return () => { isWanted = false; };
  }, [release.version, release.board, percent, key]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    try {
      setMade(await api.offerRelease(release, percent));
      await done();
    } catch (error) {
      setWhy(explain(error));
    }
    setIsBusy(false);
  }

  function choose(share: number): void {
    setMade(null);
    setPercent(share);
  }

  const number = foreseen?.offered ?? null;
  return (
    <form className="offer" aria-label={`Offer version ${release.version}`} onSubmit={(event) => void submit(event)}>
      <div className="segments" role="radiogroup" aria-label="Share of the devices">
        {SHARES.map((share) => (
          <label key={share}><input type="radio" name={`share-${release.version}`} checked={share === percent} onChange={() => choose(share)} /><span>{share === 100 ? 'All' : `${share} %`}</span></label>
        ))}
      </div>
      <p className="muted">The same devices each time, and more of them later. One that goes back to the version before stops the release.</p>
      {why !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{why}</p>}
      <div className="offer-end">
        {made !== null
          ? <span role="status" className="made"><Icon name="check" size={14} />Offered to {plural(made.offered, 'device')}: they find it with their next reports</span>
          : (
            <button className="button primary" disabled={isBusy || number === null || number === 0}>
              {number === null ? 'Counting…' : number === 0 ? 'Nobody is left in this share' : `Offer it to ${plural(number, 'device')}`}
            </button>
          )}
        {made === null && foreseen !== null && foreseen.already > 0 && <span className="muted">{sharers(foreseen.already)}</span>}
      </div>
    </form>
  );
}

function explain(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  throw error;
}
