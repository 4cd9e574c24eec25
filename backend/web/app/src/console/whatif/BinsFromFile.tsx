import { useEffect, useRef, useState } from 'react';
import { streamName } from '../../fill/streams';
import { Icon } from '../../ui/icons';
import { plural } from '../../ui/quantity';
import { useModel } from '../state/model';
import { BinsFileError, EXAMPLE, readBinsFile, type BinsFile } from './binsFile';
import { save } from './csv';
import { changeDraft, useWhatIf } from './state';

const SHOWN = 5;

interface Trouble {
  name: string;
  why: string;
  lines: readonly string[];
}

/** More bins at once: a table of them, read here and asked with the rest. */
export function BinsFromFile() {
  const { draft: { file } } = useWhatIf();
  const known = useModel((state) => state.bins);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  async function take(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return;
    const streams = [...new Set([...known.values()].map((each) => each.stream))].sort();
    try {
      changeDraft({ file: readBinsFile(chosen.name, await readText(chosen), streams) });
      setTrouble(null);
    } catch (error) {
      if (!(error instanceof BinsFileError)) throw error;
      changeDraft({ file: null });
      setTrouble({ name: chosen.name, why: error.message, lines: error.lines });
    }
  }

  return (
    <fieldset>
      <legend>New bins from a file</legend>
      {file !== null && <Taken file={file} />}
      {trouble !== null && <Wrong {...trouble} />}
      <label className="button file">
        <input type="file" className="sr-only" accept=".csv,text/csv" aria-describedby="bins-file-hint"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            // The same file, mended, is chosen again.
            event.target.value = '';
          }} />
        <Icon name="plus" size={14} />{file === null ? 'Choose a CSV file' : 'Choose another'}
      </label>
      <p id="bins-file-hint" className="muted hint">
        A line a bin: stream, volume_l, lat_deg, lon_deg; if known fill_per_day, service_s, has_sensor.{' '}
        <button type="button" className="link" onClick={() => save('new-bins.csv', EXAMPLE)}>Save an example</button>
      </p>
    </fieldset>
  );
}

function Taken({ file: { name, bins, unknown } }: { file: BinsFile }) {
  const streams = [...new Set(bins.map((each) => each.stream))].sort();
  return (
    <div className="file-taken" role="status">
      <p><b className="ellipsis">{name}</b>
        <span className="muted">{plural(bins.length, 'bin')}: {streams.map((each) => `${bins.filter(({ stream }) => stream === each).length} ${streamName(each)}`).join(', ')}</span>
        {unknown.length > 0 && <span className="muted">Left out: {unknown.join(', ')}</span>}
      </p>
      <button type="button" className="icon-button" aria-label={`Without the bins of ${name}`} onClick={() => changeDraft({ file: null })}><Icon name="close" size={14} /></button>
    </div>
  );
}

function Wrong({ name, why, lines }: Trouble) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [lines]);
  return (
    <div ref={box} className="file-wrong" role="alert">
      <p className="trouble"><Icon name="warn" size={14} /><span><b>{name}</b> was not taken. {why}</span></p>
      {lines.length > 0 && (
        <ul>
          {lines.slice(0, SHOWN).map((each) => <li key={each}>{each}</li>)}
          {lines.length > SHOWN && <li>and {plural(lines.length - SHOWN, 'more line')}</li>}
        </ul>
      )}
    </div>
  );
}

async function readText(file: File): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new BinsFileError('It is no text in UTF-8. Save it as “CSV UTF-8”.');
  }
}
