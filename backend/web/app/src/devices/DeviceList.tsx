import type { DevicePage, DeviceState } from '../api/types';
import { nowMs, type Clock } from '../time/clock';
import { ago } from '../time/format';
import { Icon } from '../ui/icons';
import { count, plural } from '../ui/quantity';
import { CONCERNS, hasFailed, isOpen, offerWords, placeOf, versionName, words, type Concern } from './words';

interface ListProps {
  page: DevicePage | null;
  clock: Clock;
  chosen: string | null;
  choose: (device: string) => void;
  text: string;
  setText: (text: string) => void;
  concern: Concern;
  setConcern: (concern: Concern) => void;
  more: () => void;
}

/** The devices, to be searched and narrowed down to what somebody must see to. */
export function DeviceList({ page, clock, chosen, choose, text, setText, concern, setConcern, more }: ListProps) {
  const hasSome = text !== '' || page?.counts['all'] !== 0;
  return (
    <section className="device-list" aria-label="Devices">
      {hasSome && <div className="sought">
        <label className="search">
          <Icon name="search" size={14} />
          <input type="search" aria-label="Find a device" placeholder="Device, bin or street" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <div className="segments" role="radiogroup" aria-label="What is the matter">
          {CONCERNS.map(([key, title]) => (
            <label key={key}><input type="radio" name="concern" checked={key === concern} onChange={() => setConcern(key)} /><span>{title} <b>{count(page?.counts[key] ?? 0)}</b></span></label>
          ))}
        </div>
      </div>}
      {page === null
        ? <div className="rows-waiting" role="status" aria-label="Loading the devices" />
        : <Rows page={page} clock={clock} chosen={chosen} choose={choose} isSought={text !== '' || concern !== 'all'} />}
      {page !== null && page.devices.length < (page.counts[concern] ?? 0) && <button className="button" onClick={more}>Show more</button>}
    </section>
  );
}

interface RowsProps extends Pick<ListProps, 'clock' | 'chosen' | 'choose'> {
  page: DevicePage;
  isSought: boolean;
}

function Rows({ page, clock, chosen, choose, isSought }: RowsProps) {
  if (page.devices.length === 0) return isSought ? <p className="empty" role="status">{words.nobody}.</p> : <Nobody />;
  return (
    <ul className="rows">
      <li className="row-head" aria-hidden="true"><span>Device</span><span>Program</span><span>Settings</span><span>Heard</span></li>
      {page.devices.map((each) => (
        <li key={each.device}>
          <button className="row" aria-current={each.device === chosen} onClick={() => choose(each.device)}><Row device={each} clock={clock} /></button>
        </li>
      ))}
    </ul>
  );
}

function Row({ device, clock }: { device: DeviceState; clock: Clock }) {
  const now = nowMs(clock);
  return (
    <>
      <span className="who"><b className="ellipsis">{device.device}</b><small className="muted ellipsis">{device.code === null ? 'on no bin' : `${placeOf(device)} · ${device.code}`}</small></span>
      <span className="program"><span>{versionName(device.version)}</span><OfferChip device={device} /></span>
      <span className="goes-by"><SettingsChip device={device} /></span>
      <span className={device.is_silent ? 'heard silent' : 'heard'}>{device.heard_at === null ? 'never' : ago(device.heard_at, now)}{device.is_silent && <small>silent</small>}</span>
    </>
  );
}

function OfferChip({ device }: { device: DeviceState }) {
  const { offer_state: state, offer_version: version } = device;
  if (state === null || !(isOpen(state) || hasFailed(state))) return null;
  return <span className={hasFailed(state) ? 'chip bad' : 'chip warn'}>{version} {offerWords(state, device.sent_fraction ?? 0)}</span>;
}

function SettingsChip({ device }: { device: DeviceState }) {
  switch (device.settings_state) {
    case 'none': return <span className="muted">as provisioned</span>;
    case 'waiting': return <span className="chip warn">waiting</span>;
    case 'refused': return <span className="chip bad" title={device.refused_settings.join(', ')}>{plural(device.refused_settings.length, 'setting')} refused</span>;
    case 'confirmed': return <span className="chip accent">confirmed</span>;
  }
}

function Nobody() {
  return (
    <div className="nobody" role="status">
      <span><Icon name="chip" size={26} /></span>
      <h2>No device takes settings or versions yet</h2>
      <p>Those of kind ullage-esp32 and ullage-esp32c3 do, once they are on a bin:</p>
      <code>{words.add}</code>
    </div>
  );
}
