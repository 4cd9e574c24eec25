import type { Setting } from '../api/types';
import { Icon } from '../ui/icons';
import { limits, shownAs, written, type Answer } from './fields';

interface FieldProps {
  setting: Setting;
  text: string;
  isChanged: boolean;
  /** Why what is typed cannot be asked for. */
  why: string | null;
  answer: Answer;
  edit: (text: string) => void;
}

/** One setting with its unit; below it what is wrong with it, or what the device made of it. */
export function Field({ setting, text, isChanged, why, answer, edit }: FieldProps) {
  const { label, hint, unit } = shownAs(setting);
  const note = noteOf(isChanged, why, answer, text);
  const id = `setting-${setting.name}`;
  return (
    <div className={`field ${note.tone}`}>
      <label htmlFor={id}>{label}{hint !== '' && <small className="muted">{hint}</small>}</label>
      <span className="typed">
        <input id={id} inputMode="decimal" autoComplete="off" placeholder={written(setting, setting.default)} value={text} aria-invalid={why !== null}
          aria-describedby={`${id}-note`} title={`${limits(setting)}; empty: as provisioned`} onChange={(event) => edit(event.target.value)} />
        <span className="unit">{unit}</span>
      </span>
      <span className="note" id={`${id}-note`} role={note.tone === 'bad' ? 'alert' : undefined}>{note.icon !== null && <Icon name={note.icon} size={12} />}{note.text}</span>
    </div>
  );
}

type Note = { tone: '' | 'bad' | 'warn' | 'good' | 'edited'; icon: 'warn' | 'check' | null; text: string };

function noteOf(isChanged: boolean, why: string | null, answer: Answer, text: string): Note {
  if (why !== null) return { tone: 'bad', icon: 'warn', text: why };
  if (isChanged) return { tone: 'edited', icon: null, text: text.trim() === '' ? 'as provisioned again; not asked for yet' : 'not asked for yet' };
  switch (answer.state) {
    case 'none': return { tone: '', icon: null, text: '' };
    case 'waiting': return { tone: 'warn', icon: null, text: 'asked for; no answer yet' };
    case 'confirmed': return { tone: 'good', icon: 'check', text: 'goes by it' };
    case 'refused': return { tone: 'bad', icon: 'warn', text: `refused: ${answer.why}` };
  }
}
