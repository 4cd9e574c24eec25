import { api } from '../api/client';
import type { DeviceState, SettingsChange } from '../api/types';
import { nowMs, type Clock } from '../time/clock';
import { ago, moment, span } from '../time/format';
import { Icon } from '../ui/icons';
import { plural } from '../ui/quantity';
import { useEscape } from '../ui/useEscape';
import type { Known } from './known';
import { Program } from './Program';
import { SettingsForm } from './SettingsForm';
import { usePolled } from './usePolled';
import { placeOf, words } from './words';

const EVERY_MS = 5000;
const S_MS = 1000;

interface PanelProps {
  name: string;
  clock: Clock;
  leave: () => void;
  changed: () => void;
}

async function load(name: string): Promise<Known> {
  const [device, settings, offers, changes, fields] = await Promise.all([api.device(name), api.deviceSettings(name), api.offersTo(name), api.settingsChanges(name), api.settings()]);
  return { device, settings, offers, changes, fields };
}

/** One device: where it is, what runs on it, and what it goes by. */
export function DevicePanel({ name, clock, leave, changed }: PanelProps) {
  const { value: known, trouble, reload } = usePolled(() => load(name), name, EVERY_MS);
  useEscape(leave);
  return (
    <aside className="device" aria-label={`Device ${name}`}>
      <header>
        <div>
          <h2 className="ellipsis">{name}</h2>
          {known !== null && <Place device={known.device} />}
        </div>
        <button className="icon-button" aria-label="Close" onClick={leave}><Icon name="close" /></button>
      </header>
      {trouble !== null && (
        <p className="trouble" role="alert"><Icon name="warn" size={14} /><span>{known === null ? trouble : words.stale}</span>
          <button className="link" onClick={() => void reload()}>Try again</button>
        </p>
      )}
      {known === null
        ? trouble === null && <div className="rows-waiting" role="status" aria-label="Loading the device" />
        : <Whole known={known} clock={clock} reload={async () => { await reload(); changed(); }} />}
    </aside>
  );
}

function Place({ device }: { device: DeviceState }) {
  if (device.slot_id === null) return <p className="muted">On no bin now</p>;
  return <p className="muted">{placeOf(device)} · <a href={`/#bin=${device.slot_id}`}>{device.code}</a></p>;
}

function Whole({ known, clock, reload }: { known: Known; clock: Clock; reload: () => Promise<void> }) {
  const { device } = known;
  return (
    <>
      <Heard device={device} clock={clock} />
      {device.takes_settings
        ? (
          <>
            <Program device={device} offers={known.offers} clock={clock} />
            <SettingsForm known={known} clock={clock} reload={reload} />
            <Changes changes={known.changes} clock={clock} />
          </>
        )
        : <p className="foreign">A sensor of kind {device.kind}: it takes neither settings nor versions from here. Change it where its maker has it.</p>}
    </>
  );
}

function Heard({ device, clock }: { device: DeviceState; clock: Clock }) {
  const now = nowMs(clock);
  const promise = `It should report every ${span(device.report_every_s * S_MS)}.`;
  const heard = device.heard_at === null ? 'Never heard.' : `Heard ${ago(device.heard_at, now)}.`;
  if (!device.is_silent) return <p className="muted">{heard} {promise}</p>;
  return <p className="silent-note" role="status"><Icon name="cloud" size={14} /><span><b>Silent.</b> {heard} {promise} What it is asked for waits for it.</span></p>;
}

function Changes({ changes, clock }: { changes: readonly SettingsChange[]; clock: Clock }) {
  if (changes.length === 0) return null;
  return (
    <details className="changes">
      <summary>{plural(changes.length, 'change')} so far</summary>
      <ol>
        {changes.map((each) => (
          <li key={each.revision}>
            <span>{moment(each.changed_at, clock.zone, nowMs(clock))}, {each.changed_by}</span>
            <span className="muted">{Object.entries(each.desired).map(([key, value]) => `${key}=${String(value)}`).join(' ') || 'all as provisioned'}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
