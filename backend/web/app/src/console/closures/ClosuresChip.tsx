import './closures.css';
import { Sign } from './Sign';
import { showList } from './state';
import { useClosures } from './useClosures';
import { countInWords } from './words';

/** How many streets are closed; the way to the list of them. */
export function ClosuresChip() {
  const { known, now } = useClosures();
  const [first] = known;
  if (first === undefined) return null;
  return (
    <button className="chip closures-chip" onClick={() => showList()}>
      <Sign closure={first} size={12} />{countInWords(known, now)}
    </button>
  );
}
