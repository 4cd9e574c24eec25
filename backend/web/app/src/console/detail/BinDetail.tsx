import './detail.css';
import { useEffect } from 'react';
import type { Bin, BinDetail as Detail } from '../../api/types';
import { BinAlarms } from '../alarms/BinAlarms';
import { FillMeter } from '../../fill/FillMeter';
import { fillKind } from '../../fill/fill';
import { streamName } from '../../fill/streams';
import { useNow } from '../../time/clock';
import { Icon } from '../../ui/icons';
import { percent } from '../../ui/quantity';
import { selectBin, useModel } from '../state/model';
import { fillOrigin, forecastBasis, sensorDoubt, texts } from '../texts';
import { BacktestCard } from './BacktestCard';
import { BinFacts } from './BinFacts';
import { DecisionCard } from './DecisionCard';
import { raisedFlags } from './flags';
import { HistoryChart } from './HistoryChart';
import { useBinDetail } from './useBinDetail';
import { YearChart } from './YearChart';

export function BinDetail({ slotId }: { slotId: number }) {
  const bin = useModel((state) => state.bins.get(slotId));
  useEscape();
  if (bin === undefined) return null;
  return (
    <aside className="panel detail" aria-label={`Bin ${bin.code}`}>
      <Head bin={bin} />
      <div className="detail-body">
        <BinAlarms slotId={slotId} />
        <FillNow bin={bin} />
        <Loaded bin={bin} />
      </div>
    </aside>
  );
}

function useEscape(): void {
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && selectBin(null);
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, []);
}

function Head({ bin }: { bin: Bin }) {
  return (
    <header className="detail-head">
      <div>
        <h2 className="ellipsis">{bin.address ?? bin.site}</h2>
        <p className="detail-tags">
          <span className="muted">{bin.code}</span>
          <span className="chip">{streamName(bin.stream)}</span>
          {raisedFlags(bin.flags).map(({ name, isUrgent }) => (
            <span key={name} className={isUrgent ? 'chip bad' : 'chip warn'}>{name}</span>
          ))}
          {bin.is_made_up && <span className="chip">{texts.demoBin}</span>}
        </p>
      </div>
      <button className="icon-button" aria-label="Close" onClick={() => selectBin(null)}>
        <Icon name="close" />
      </button>
    </header>
  );
}

function FillNow({ bin }: { bin: Bin }) {
  const now = useNow(useModel((state) => state.clock));
  return (
    <section className="fill-now" aria-label="Fill now">
      <FillMeter kind={fillKind(bin)} fraction={bin.fill_fraction} width={72} />
      <div>
        <p className="fill-number">{bin.fill_fraction === null ? '?' : percent(bin.fill_fraction)}</p>
        <p className={bin.is_silent ? 'fill-origin warn' : 'fill-origin'}>{fillOrigin(bin, now)}</p>
      </div>
      <Doubt bin={bin} />
    </section>
  );
}

function Doubt({ bin }: { bin: Bin }) {
  const doubt = sensorDoubt(bin);
  if (doubt === null) return null;
  return <p className={bin.sensor_trust === 'not_trusted' ? 'sensor-doubt warn' : 'sensor-doubt'}>{doubt}</p>;
}

function Loaded({ bin }: { bin: Bin }) {
  const { detail, history, why } = useBinDetail(bin);
  if (why !== null) return <p className="empty" role="alert"><strong>{texts.failed}</strong>{why}</p>;
  if (detail === null || history === null) return <div className="detail-waiting" role="status" />;
  return (
    <>
      <BinFacts bin={bin} />
      <DecisionCard decision={detail.decision ?? null} bin={bin} />
      <HistoryChart history={history} forecast={detail.forecast ?? null} />
      <BacktestCard slotId={bin.slot_id} />
      <YearChart slotId={bin.slot_id} />
      <Basis detail={detail} />
    </>
  );
}

function Basis({ detail }: { detail: Detail }) {
  const forecast = detail.forecast ?? null;
  return (
    <p className="basis muted">
      {forecast === null ? texts.forecastMissing : forecastBasis(forecast)}
    </p>
  );
}
