import { useEffect, useState } from 'react';
import { api } from '../api/client';
import type { Firmware, Organisation } from '../api/types';
import { readClock } from '../time/clock';
import { Icon, Mark } from '../ui/icons';
import { plural } from '../ui/quantity';
import { Toolbar } from '../ui/Toolbar';
import { DeviceList } from './DeviceList';
import { DevicePanel } from './DevicePanel';
import { usePolled } from './usePolled';
import { Versions } from './Versions';
import { words, type Concern } from './words';

const EVERY_MS = 5000;
const LIST_EVERY_MS = 10_000;
const PAGE = 100;

/** Every device that takes settings and versions: what it goes by, what it was asked, what it refused. */
export function DevicesPage() {
  const fleet = usePolled(() => Promise.all([api.overview(), api.firmware()]), '', EVERY_MS);
  if (fleet.value !== null) {
    const [{ organisation }, firmware] = fleet.value;
    return <Page organisation={organisation} firmware={firmware} trouble={fleet.trouble} reload={fleet.reload} />;
  }
  if (fleet.trouble === null) return <div className="gate" role="status" aria-label="Loading"><span className="gate-mark"><Mark size={44} /></span></div>;
  return (
    <div className="gate" role="alert">
      <Icon name="warn" size={36} />
      <h1>{words.failed}</h1>
      <p className="muted">{fleet.trouble}</p>
      <button className="button primary" onClick={() => void fleet.reload()}>Try again</button>
    </div>
  );
}

interface PageProps {
  organisation: Organisation;
  firmware: Firmware;
  trouble: string | null;
  reload: () => Promise<void>;
}

function Page({ organisation, firmware, trouble, reload }: PageProps) {
  const [text, setText] = useState('');
  const [concern, setConcern] = useState<Concern>('all');
  const [limit, setLimit] = useState(PAGE);
  const [chosen, choose] = useChosen();
  const list = usePolled(() => api.devices(text, concern, limit), `${concern} ${limit} ${text}`, LIST_EVERY_MS);
  const clock = readClock(organisation);

  const reloadAll = async () => void (await Promise.all([reload(), list.reload()]));
  return (
    <>
      <Toolbar title={words.title} organisation={organisation} />
      {(trouble ?? list.trouble) !== null && <p className="stale" role="status"><Icon name="cloud" size={14} />{words.stale}</p>}
      <main className={chosen === null ? 'fleet' : 'fleet has-device'}>
        <div className="fleet-main">
          <header>
            <h1>{words.title}</h1>
            {list.value !== null && <p className="muted">{besides(list.value.other_count)}</p>}
          </header>
          <Versions firmware={firmware} clock={clock} reload={reloadAll} choose={choose} />
          <DeviceList page={list.value} clock={clock} chosen={chosen} choose={choose} text={text} setText={setText}
            concern={concern} setConcern={setConcern} more={() => setLimit(limit + PAGE)} />
        </div>
        {chosen !== null && <DevicePanel key={chosen} name={chosen} clock={clock} leave={() => choose(null)} changed={() => void list.reload()} />}
      </main>
    </>
  );
}

const besides = (others: number): string => (others === 0
  ? 'What each one runs and goes by, what it was asked for, and what it refused.'
  : `What each one runs and goes by. ${plural(others, 'sensor')} of other makes ${others === 1 ? 'takes' : 'take'} neither settings nor versions from here.`);

/** The device that is looked at has an address of its own: `/devices?device=bin-17`. */
function useChosen(): [string | null, (name: string | null) => void] {
  const [chosen, setChosen] = useState(named);
  useEffect(() => {
    const hear = () => setChosen(named());
    addEventListener('popstate', hear);
    return () => removeEventListener('popstate', hear);
  }, []);
  const choose = (name: string | null) => {
    history.pushState(null, '', name === null ? location.pathname : `?device=${encodeURIComponent(name)}`);
    setChosen(name);
  };
  return [chosen, choose];
}

const named = () => new URLSearchParams(location.search).get('device');
