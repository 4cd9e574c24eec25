import './closures.css';
import { useEffect, type ReactNode } from 'react';
import { Icon } from '../../ui/icons';
import { useEscape } from '../../ui/useEscape';
import { START_ID } from './CloseStreet';
import { ClosureList } from './ClosureList';
import { PlanHint } from './PlanHint';
import { ShutForm } from './ShutForm';
import { Sign } from './Sign';
import { leave, startPointing, usePanel, type Panel } from './state';
import { useClosures } from './useClosures';
import { nameOf, whatHolds, whenItHolds, words } from './words';

/** Closed streets: the list, the way to close one more, and what became of it. */
export function ClosuresPanel() {
  const shown = usePanel();
  if (shown.step === 'away') return null;
  return <Shown shown={shown} />;
}

function Shown({ shown }: { shown: Exclude<Panel, { step: 'away' }> }) {
  useEscape(leave);
  useFocusGivenBack();
  switch (shown.step) {
    case 'list':
      return (
        <Frame title={words.title}>
          <ClosureList chosen={shown.chosen} />
          <PlanHint />
        </Frame>
      );
    case 'pointing':
      return <Pointing {...shown} />;
    case 'asking':
      return (
        <Frame title={`Close ${nameOf(shown.stretch)}?`}>
          <ShutForm key={JSON.stringify(shown.spot)} spot={shown.spot} />
        </Frame>
      );
    case 'done':
      return <Done closure={shown.closure} />;
  }
}

/** Whoever leaves the panel is where it was opened from. */
function useFocusGivenBack(): void {
  useEffect(() => () => document.getElementById(START_ID)?.focus({ preventScroll: true }), []);
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel closures" aria-label={words.title}>
      <header>
        <h2>{title}</h2>
        <button className="icon-button" aria-label="Close the panel" onClick={leave}><Icon name="close" /></button>
      </header>
      {children}
    </section>
  );
}

function Pointing({ stretch, trouble, isAsking }: Extract<Panel, { step: 'pointing' }>) {
  const hint = isAsking ? words.looking : words.pointHint;
  return (
    <Frame title={words.point}>
      {trouble === null
        ? <p className={stretch ? 'pointed' : 'pointed muted'} role="status">{stretch ? nameOf(stretch) : hint}</p>
        : <p className="trouble" role="alert"><Icon name="warn" size={14} />{trouble}</p>}
      <p className="muted keys">{words.pointKeys}</p>
    </Frame>
  );
}

function Done({ closure }: { closure: Extract<Panel, { step: 'done' }>['closure'] }) {
  const { now, zone } = useClosures();
  return (
    <Frame title={nameOf(closure)}>
      <p className="done" role="status">
        <Sign closure={closure} size={26} />
        <span>{whatHolds(closure)}, {whenItHolds(closure, zone, now)}.</span>
      </p>
      <PlanHint />
      <button className="link" onClick={startPointing}>Close another street</button>
    </Frame>
  );
}
