import { useEffect, useState } from 'react';
import { Mark } from '../ui/icons';
import { Header } from './Header';
import { loadPaper, type Loading, type Paper } from './load';
import { Home, Start, StopBlock } from './Stops';
import { LANGUAGES } from './words';

// Where the browser prints into the margins, every page has its credits there.
const PRINTS_MARGINS = 'CSSMarginRule' in window;
const ATTRIBUTION = '© OpenStreetMap contributors';

/** One run on paper. */
export function Sheet() {
  const [now, setNow] = useState<Loading>({ state: 'loading' });
  useEffect(() => void loadPaper(new URLSearchParams(location.search)).then(setNow), []);
  if (now.state === 'loading') return <div className="gate" role="status"><Mark size={44} /></div>;
  if (now.state === 'failed') return <div className="gate" role="alert"><Mark size={44} /><p>{now.why}</p></div>;
  return <Printed paper={now.paper} />;
}

function Printed({ paper }: { paper: Paper }) {
  const { run, stops, directions, pen } = paper;
  const title = `${run.vehicle} · ${pen.day(run.service_day)}`;
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = pen.language;
  }, [title, pen.language]);
  const linesOf = new Map(directions.stops.map((each) => [each.stop_id, each.lines]));
  return (
    <>
      <style>{margins(title, pen.words.page)}</style>
      <Toolbar language={pen.language} />
      <main className="paper">
        <Header paper={paper} />
        <ol className="entries">
          <Start run={run} pen={pen} />
          {stops.map((stop) => (
            <StopBlock key={stop.stop_id} stop={stop} lines={linesOf.get(stop.stop_id) ?? []} pen={pen} />
          ))}
          <Home run={run} lines={directions.home} pen={pen} />
        </ol>
        <p className={PRINTS_MARGINS ? 'credits on-screen' : 'credits'}>{ATTRIBUTION}</p>
      </main>
    </>
  );
}

function Toolbar({ language }: { language: string }) {
  return (
    <header className="toolbar">
      <Mark size={22} />
      <label className="sr-only" htmlFor="language">Language</label>
      <select id="language" value={language} onChange={(event) => reopenIn(event.target.value)}>
        {Object.entries(LANGUAGES).map(([key, { name }]) => <option key={key} value={key}>{name}</option>)}
      </select>
      <button className="button primary" onClick={() => print()}>Print</button>
    </header>
  );
}

function reopenIn(language: string): void {
  const asked = new URLSearchParams(location.search);
  asked.set('language', language);
  location.search = asked.toString();
}

/** What stands in the margin of every page but, at the top, the first, which says it larger. */
function margins(title: string, page: string): string {
  return `@page {
    @top-left { content: ${quoted(title)} }
    @top-right { content: ${quoted(page)} " " counter(page) "/" counter(pages) }
    @bottom-left { content: ${quoted(ATTRIBUTION)} }
  }
  @page :first { @top-left { content: "" } }`;
}

const quoted = (text: string) => `"${text.replace(/[\\"\n<]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)}"`;
