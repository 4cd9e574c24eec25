import type { ReactNode } from 'react';
import type { Bin } from '../../api/types';
import { useNow } from '../../time/clock';
import { moment } from '../../time/format';
import { litres, percent } from '../../ui/quantity';
import { useModel } from '../state/model';
import { fullAbout } from '../texts';

export function BinFacts({ bin }: { bin: Bin }) {
  const clock = useModel((state) => state.clock);
  const now = useNow(clock);
  const { overflow_probability: overflow } = bin;
  return (
    <dl className="facts">
      <Fact name="Full">{fullAbout(bin.full_at, clock.zone, now)}</Fact>
      <Fact name="Overflow before next chance">{overflow === null ? '–' : percent(overflow)}</Fact>
      <Fact name="Container">{bin.volume_l === null ? '–' : litres(bin.volume_l)}</Fact>
      <Fact name="Last emptied">
        {bin.emptied_at === null ? 'not known' : moment(bin.emptied_at, clock.zone, now)}
      </Fact>
      <Fact name="Sensor">{bin.device === null ? 'none' : <a href={`/devices?device=${encodeURIComponent(bin.device)}`}>{bin.device}</a>}</Fact>
      {bin.battery_mv !== null && <Fact name="Battery">{(bin.battery_mv / 1000).toFixed(2)} V</Fact>}
      {bin.temperature_c !== null && <Fact name="Temperature">{bin.temperature_c.toFixed(1)} °C</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}
