import type { Ledger } from '../api/types';
import { Icon } from '../ui/icons';
import { Reckon } from './Reckon';
import { monthOf, whyEmpty } from './words';

/** Nothing is in the ledger yet: why, and what is missing. */
export function Empty({ ledger, today, reload }: { ledger: Ledger; today: string; reload: () => void }) {
  const { title, what, canReckon } = whyEmpty(ledger, today);
  return (
    <section className="ledger-empty" role="status">
      <span><Icon name="truck" size={26} /></span>
      <h1>{title}</h1>
      <p>{what}</p>
      {canReckon && <Reckon ledger={ledger} month={monthOf(today)} today={today} reload={reload} />}
    </section>
  );
}
