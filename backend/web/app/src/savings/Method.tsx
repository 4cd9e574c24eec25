import type { Saving } from '../api/types';
import { litres, plural } from '../ui/quantity';

/** How it was reckoned, in words, with everything that was assumed: for the audit. */
export function Method({ saving }: { saving: Saving }) {
  return (
    <section className="method" aria-label="Method">
      <h2>How this is reckoned</h2>
      <div>
        <p>{saving.method}</p>
        <Collected saving={saving} />
        <Proof saving={saving} />
      </div>
      <div>
        <h3>Assumed</h3>
        <ul>{saving.assumptions.map((each) => <li key={each}>{each}</li>)}</ul>
      </div>
    </section>
  );
}

function Collected({ saving }: { saving: Saving }) {
  return (
    <>
      <h3>Collected</h3>
      <p>
        Fixed rounds: {plural(saving.fixed.pickup_count, 'pickup')}, {litres(saving.fixed.volume_l)}. Driven:{' '}
        {plural(saving.driven.pickup_count, 'pickup')}, {litres(saving.driven.volume_l)}. What one side collected less is still
        in its bins.
      </p>
    </>
  );
}

function Proof({ saving }: { saving: Saving }) {
  return (
    <>
      <h3>Proof</h3>
      <dl>
        <div><dt>Row of the ledger</dt><dd>{saving.saving_id}{saving.corrects_id === null ? '' : `, corrects row ${saving.corrects_id}`}</dd></div>
        <div><dt>Reckoned</dt><dd>{saving.made_at.slice(0, 16).replace('T', ' ')} UTC, method {saving.version}</dd></div>
        <div><dt>SHA-256 of all inputs</dt><dd className="sha">{saving.inputs_sha256}</dd></div>
      </dl>
    </>
  );
}
