import { useState, type FormEvent } from 'react';
import { api, ApiError } from '../api/client';
import type { Setting } from '../api/types';
import { nowMs, type Clock } from '../time/clock';
import { moment } from '../time/format';
import { Icon } from '../ui/icons';
import { plural } from '../ui/quantity';
import { Field } from './Field';
import { answerTo, GROUPS, parse, rhythm, written } from './fields';
import type { Known } from './known';

const S_MS = 1000;

interface FormProps {
  known: Known;
  clock: Clock;
  reload: () => Promise<void>;
}

/** What a device is asked to go by: typed, checked, asked for; and what it made of it, beside each. */
export function SettingsForm({ known, clock, reload }: FormProps) {
  const { settings, fields } = known;
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [why, setWhy] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const shown = (each: Setting) => typed[each.name] ?? written(each, settings.desired[each.name]);
  const parsed = new Map(fields.map((each) => [each.name, parse(each, shown(each))]));
  const changed = fields.filter((each) => shown(each) !== written(each, settings.desired[each.name]));
  const wrong = changed.filter((each) => parsed.get(each.name)?.why !== null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    try {
      await api.askDevice(settings.device, { desired: wish(), seen_revision: settings.revision });
      setTyped({});
      setWhy(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setWhy(error.message);
    }
    await reload();
    setIsBusy(false);
  }

  /** All that is desired: what is not in the form stays as it was asked for. */
  function wish(): Record<string, boolean | number | string> {
    const desired = { ...settings.desired } as Record<string, boolean | number | string>;
    for (const { name } of changed) {
      const value = parsed.get(name)?.value ?? null;
      if (value === null) delete desired[name];
      else desired[name] = value;
    }
    return desired;
  }

  function edit(name: string, text: string): void {
    setWhy(null);
    setTyped({ ...typed, [name]: text });
  }

  const value = (name: string) => parsed.get(name)?.value ?? fields.find((each) => each.name === name)?.default ?? 0;
  return (
    <form className="settings" aria-label="Settings" noValidate onSubmit={(event) => void submit(event)}>
      <header><h3>Settings</h3><Standing known={known} clock={clock} /></header>
      {GROUPS.map(({ title, names }) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {fields.filter((each) => names.includes(each.name)).map((each) => (
            <Field key={each.name} setting={each} text={shown(each)} isChanged={changed.includes(each)} why={changed.includes(each) ? parsed.get(each.name)?.why ?? null : null}
              answer={answerTo(settings, each.name, each)} edit={(text) => edit(each.name, text)} />
          ))}
          {names.includes('report_every') && <p className="muted rhythm">{rhythm(value('measure_every_s'), value('report_every'))}</p>}
        </fieldset>
      ))}
      <Others known={known} />
      {why !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{why}</p>}
      {changed.length > 0 && (
        <footer>
          <button className="button primary" disabled={isBusy || wrong.length > 0}>{wrong.length > 0 ? 'Mend what is marked' : `Ask for ${plural(changed.length, 'change')}`}</button>
          <button type="button" className="button" onClick={() => { setTyped({}); setWhy(null); }}>Discard</button>
          <span className="muted">{expected(known, clock)}</span>
        </footer>
      )}
    </form>
  );
}

function expected({ device }: Known, clock: Clock): string {
  if (device.is_silent || device.heard_at === null) return 'It hears of it when it reports again.';
  const next = Date.parse(device.heard_at) + device.report_every_s * S_MS;
  if (next < nowMs(clock)) return 'It hears of it with its next report.';
  return `It hears of it with its next report, about ${moment(next, clock.zone, nowMs(clock))}.`;
}

function Standing({ known: { device, settings }, clock }: { known: Known; clock: Clock }) {
  const asked = settings.desired_at ? `asked ${moment(settings.desired_at, clock.zone, nowMs(clock))}` : '';
  const said = settings.reported_at ? `said ${moment(settings.reported_at, clock.zone, nowMs(clock))}` : '';
  switch (device.settings_state) {
    case 'none': return <span className="muted">As provisioned</span>;
    case 'waiting': return <><span className="chip warn">waiting for its answer</span><span className="muted">{asked}</span></>;
    case 'refused': return <><span className="chip bad">{device.refused_settings.length} refused</span><span className="muted">{said}</span></>;
    case 'confirmed': return <><span className="chip accent">confirmed</span><span className="muted">{said}</span></>;
  }
}

/** Asked for by other means, for a firmware that knows more than this page. */
function Others({ known: { settings, fields } }: { known: Known }) {
  const others = Object.entries(settings.desired).filter(([name]) => fields.every((each) => each.name !== name));
  if (others.length === 0) return null;
  return (
    <fieldset>
      <legend>Others that were asked for</legend>
      {others.map(([name, value]) => {
        const answer = answerTo(settings, name);
        return <p key={name} className="other"><code>{name}={String(value)}</code><span className={answer.state === 'refused' ? 'bad-note' : 'muted'}>{answer.state === 'refused' ? `refused: ${answer.why}` : answer.state}</span></p>;
      })}
    </fieldset>
  );
}
