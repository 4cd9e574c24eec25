import type { Firmware } from '../api/types';
import type { Clock } from '../time/clock';
import { Bar } from '../ui/Bar';
import { count, plural } from '../ui/quantity';
import { ReleaseCard } from './ReleaseCard';
import { versionName, words } from './words';

interface VersionsProps {
  firmware: Firmware;
  clock: Clock;
  reload: () => Promise<void>;
  choose: (device: string) => void;
}

/** What runs in the field, board by board, and how roll-outs stand. */
export function Versions({ firmware, clock, reload, choose }: VersionsProps) {
  const boards = [...new Set([...firmware.running, ...firmware.releases].map((each) => each.board))];
  if (boards.length === 0) return null;
  return (
    <section className="versions" aria-label="Versions">
      {boards.map((board) => {
        const [newest, ...earlier] = firmware.releases.filter((each) => each.board === board);
        return (
          <article key={board} className="board" aria-label={`Board ${board}`}>
            <Running board={board} firmware={firmware} />
            {newest === undefined
              ? <Unpublished />
              : <ReleaseCard key={newest.version} release={newest} clock={clock} reload={reload} choose={choose} isNewest />}
            {earlier.length > 0 && (
              <details className="earlier">
                <summary>{plural(earlier.length, 'earlier version')}</summary>
                {earlier.map((each) => <ReleaseCard key={each.version} release={each} clock={clock} reload={reload} choose={choose} isNewest={false} />)}
              </details>
            )}
          </article>
        );
      })}
    </section>
  );
}

// The newest version in the accent; the older, the paler; who never said, last.
const SHADES = ['var(--accent)', 'color-mix(in srgb, var(--accent) 55%, var(--surface-3))', 'color-mix(in srgb, var(--accent) 28%, var(--surface-3))'];

function Running({ board, firmware }: { board: string; firmware: Firmware }) {
  const running = firmware.running.filter((each) => each.board === board);
  const whole = running.reduce((sum, each) => sum + each.device_count, 0);
  const colour = (version: number | null, index: number) => (version === null ? 'var(--line-strong)' : SHADES[Math.min(index, SHADES.length - 1)] ?? '');
  const said = running.map((each) => `${versionName(each.version)} on ${each.device_count}`).join(', ');
  return (
    <div className="running">
      <h2>{board} <small className="muted">{plural(whole, 'device')}</small></h2>
      {whole > 0 && <Bar label={`Runs: ${said}`} parts={running.map((each, index) => ({ fraction: each.device_count / whole, colour: colour(each.version, index) }))} />}
      <ul className="key">
        {running.map((each, index) => (
          <li key={each.version}><i style={{ background: colour(each.version, index) }} />{versionName(each.version)} <b>{count(each.device_count)}</b></li>
        ))}
      </ul>
    </div>
  );
}

function Unpublished() {
  return (
    <div className="unpublished">
      <p><b>No version was published yet</b>A release is built and signed where the keys are, then published from there:</p>
      <code>{words.publish}</code>
    </div>
  );
}
