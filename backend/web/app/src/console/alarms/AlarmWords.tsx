import { useState } from 'react';
import type { Alarm } from '../../api/types';
import { useNow } from '../../time/clock';
import { moment } from '../../time/format';
import { useModel } from '../state/model';
import { acknowledge } from './state';

interface Shown {
  alarm: Alarm;
  /** Where the place of the alarm leads; without: nowhere. */
  onChoose?: (() => void) | undefined;
  withPlace?: boolean;
}

/** One alarm: what, where, since when, and who sees to it. */
export function AlarmWords({ alarm, onChoose, withPlace = false }: Shown) {
  const clock = useModel((state) => state.clock);
  const now = useNow(clock);
  const words = (
    <>
      <span className="alarm-title">
        <i className={alarm.severity} />
        <b>{alarm.name}</b>
        <time dateTime={alarm.began_at}>{moment(alarm.began_at, clock.zone, now)}</time>
      </span>
      {withPlace && <span className="alarm-place ellipsis">{placeOf(alarm)}</span>}
      <span className="alarm-what">{alarm.what}</span>
    </>
  );
  return (
    <>
      {onChoose === undefined
        ? <div className="alarm-main">{words}</div>
        : <button className="alarm-main" onClick={onChoose}>{words}</button>}
      <Acknowledge alarm={alarm} />
    </>
  );
}

const placeOf = ({ address, site, code }: Alarm): string =>
  code === null ? 'All bins' : `${address ?? site} · ${code}`;

function Acknowledge({ alarm }: { alarm: Alarm }) {
  const [isBusy, setIsBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  if (alarm.acknowledged_by !== null) {
    return <p className="alarm-seen muted">Acknowledged by {alarm.acknowledged_by}</p>;
  }

  async function see(): Promise<void> {
    setIsBusy(true);
    setWhy(await acknowledge(alarm.alarm_id));
    setIsBusy(false);
  }

  return (
    <p className="alarm-seen">
      <button className="link" disabled={isBusy} onClick={() => void see()}>Acknowledge</button>
      {why !== null && <span className="alarms-trouble" role="alert">{why}</span>}
    </p>
  );
}
