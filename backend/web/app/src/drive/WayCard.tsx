import './way.css';
import { useState } from 'react';
import { isEstimate } from '../api/estimate';
import type { Line, Run } from '../api/types';
import { Icon } from '../ui/icons';
import { useStore } from '../ui/store';
import { TurnIcon } from '../way/TurnIcon';
import { BottomSheet } from './BottomSheet';
import { isLive } from './state/day';
import { useWay, type Way } from './state/directions';
import { texts } from './texts';

/** So many rows are read at a glance; one more is shown rather than hidden behind a tap. */
const AT_A_GLANCE = 2;

interface WayCardProps {
  run: Run;
  stopId: number | 'home';
  /** Where these directions start, if that is not where the driver is. */
  from: string | null;
}

/** What to do first on the way; a tap shows all of it. */
export function WayCard({ run, stopId, from }: WayCardProps) {
  const live = useStore(isLive, (each) => each);
  const way = useWay(run.run_id, stopId);
  const [isOpen, setIsOpen] = useState(false);
  if (isEstimate(run)) return <p className="way-note"><Icon name="warn" size={16} />{texts.estimate}</p>;
  if (way === undefined && !live) return <p className="way-note"><Icon name="cloud" size={16} />{texts.noWayYet}</p>;
  if (way === undefined || way.lines.length === 0) return null;
  const shown = way.lines.length <= AT_A_GLANCE + 1 ? way.lines : way.lines.slice(0, AT_A_GLANCE);
  return (
    <>
      <button className="way" aria-haspopup="dialog" aria-label={texts.theWay} onClick={() => setIsOpen(true)}>
        {from && <span className="way-from">{texts.from(from)}</span>}
        <Lines lines={shown} language={way.language} />
        {shown.length < way.lines.length && (
          <span className="way-more">{texts.allSteps(way.lines.length)}<Icon name="chevron" size={16} /></span>
        )}
      </button>
      {isOpen && <WaySheet way={way} from={from} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function WaySheet({ way, from, onClose }: { way: Way; from: string | null; onClose: () => void }) {
  return (
    <BottomSheet title={texts.theWay} closing={texts.close} onClose={onClose}>
      {from && <p className="way-from">{texts.from(from)}</p>}
      <div className="way-all"><Lines lines={way.lines} language={way.language} /></div>
    </BottomSheet>
  );
}

function Lines({ lines, language }: { lines: readonly Line[]; language: string }) {
  return (
    <ol className="way-lines" lang={language}>
      {lines.map((line, index) => (
        <li key={index} className={line.kind}>
          <i className="way-sign"><TurnIcon line={line} size={32} /></i>
          <span><b>{line.text}</b>{line.along && <small>{line.along}</small>}</span>
        </li>
      ))}
    </ol>
  );
}
