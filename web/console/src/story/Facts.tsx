import { usePreferences, type Language } from '@/ui/preferences';
import { full } from '@/ui/time';
import { useWords } from '@/ui/words';
import { duration, money, pretty } from './figures';
import { Raw } from './Raw';
import { fieldName, outcomeName, wordFor, words, type Words } from './words';

const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const isId = /(^|_)id$|^delivery|^attempt/;

/** The detail of a step as facts a person reads; what is long or nested folds away. */
export function Facts({ detail }: { detail: unknown }) {
  const w = useWords(words);
  const { language } = usePreferences();
  if (detail === null || detail === undefined || detail === '') return null;
  if (typeof detail !== 'object') return <p className="mt-0.5 text-xs break-words whitespace-pre-wrap text-ink-2">{String(detail)}</p>;
  const entries = Object.entries(detail as Record<string, unknown>).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0));
  const told = entries.filter(([name]) => !quiet.has(name));
  const short = told.filter(([name, value]) => isShort(name, value));
  const long = told.filter(([name, value]) => !isShort(name, value));
  return (
    <div className="mt-1 grid grid-cols-[minmax(0,1fr)] gap-1.5">
      {short.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
          {short.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{fieldName(w, name)}</dt>
              <dd className={`break-words ${isId.test(name) ? 'font-mono text-2xs leading-[1.0625rem] break-all text-ink-2' : ''}`}>{said(name, value, language, w)}</dd>
            </div>
          ))}
        </dl>
      )}
      {(long.length > 0 || told.length < entries.length) && (
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {long.map(([name, value]) => <Raw key={name} value={value} label={fieldName(w, name)} />)}
          {told.length < entries.length && <Raw value={detail} />}
        </div>
      )}
    </div>
  );
}

/** Our own ids say nothing to a person: they stand in the raw data. */
const quiet = new Set(['delivery_id', 'attempt_id', 'message_id', 'receipt_id', 'account_id', 'conversation_id', 'contact_id', 'turn_id', 'send_deadline', 'prompt', 'knowledge', 'reasoning', 'up_to_message']);

const isShort = (name: string, value: unknown) =>
  name !== 'raw' && (typeof value !== 'object' ? String(value).length <= 240 : Array.isArray(value) && value.every((item) => typeof item !== 'object') && value.join().length <= 240);

function said(name: string, value: unknown, language: Language, w: Words): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'number' && (name === 'ms' || name.endsWith('_ms'))) return duration(value, language);
  if (typeof value === 'number' && name === 'cost') return money(value, language);
  if (typeof value === 'string' && name === 'outcome') return outcomeName(w, value);
  if (typeof value === 'string' && (name === 'verdict' || name === 'type')) return wordFor(w, name === 'verdict' ? 'v' : 't', value);
  if (typeof value === 'string' && isTime.test(value)) return full(value, language);
  return pretty(value);
}
