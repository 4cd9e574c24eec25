import './whatif.css';
import { Icon } from '../../ui/icons';
import { useEscape } from '../../ui/useEscape';
import { Form } from './Form';
import { Outcome } from './Outcome';
import { showWhatIf, startPlacing, useWhatIf } from './state';
import { BUTTON_ID } from './WhatIfButton';
import { words } from './words';

/** Other terms on the left, what they would lead to on the right. */
export function WhatIfPage() {
  const { isShown, placing } = useWhatIf();
  if (!isShown) return null;
  return placing === null ? <Page /> : <Placing what={placing} />;
}

function Page() {
  useEscape(() => {
    showWhatIf(false);
    document.getElementById(BUTTON_ID)?.focus({ preventScroll: true });
  });
  return (
    <section className="panel whatif" aria-label={words.title}>
      <header>
        <h1>{words.title}</h1>
        <p className="muted">{words.intro}</p>
        <button className="icon-button" aria-label="Close what if" onClick={() => showWhatIf(false)}><Icon name="close" /></button>
      </header>
      <div className="whatif-body">
        <Form />
        <Outcome />
      </div>
    </section>
  );
}

function Placing({ what }: { what: 'depot' | 'bins' }) {
  const { draft } = useWhatIf();
  useEscape(() => startPlacing(null));
  return (
    <section className="panel placing" aria-label={words.title}>
      <b role="status">{what === 'depot' ? words.placeDepot : words.placeBins}</b>
      {what === 'bins' && draft.bins.length > 0 && <span className="muted">{draft.bins.length} placed</span>}
      <button className={what === 'bins' ? 'button primary' : 'button'} onClick={() => startPlacing(null)}>
        {what === 'bins' ? 'Done' : 'Cancel'}
      </button>
    </section>
  );
}
