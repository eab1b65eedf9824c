import type { Setting } from '@api/schema';
import { Field } from '@/ui/Field';
import { usePreferences } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { words } from './words';

interface SettingFieldProps {
  setting: Setting;
  value: string | number | boolean | null;
  /** Whether the account exists: its secrets are kept but never shown. */
  known: boolean;
  error: string | null;
}

export function SettingField({ setting, value, known, error }: SettingFieldProps) {
  const w = useWords(words);
  const { language } = usePreferences();
  const { name, kind, required } = setting;
  const label = setting.label?.[language] || name;
  const shown = required ? label : `${label} (${w.optional})`;
  const start = value ?? setting.default ?? '';
  const common = { name: `settings.${name}`, 'data-testid': `setting-${name}`, required: required && !(known && kind === 'secret') };
  if (kind === 'boolean') {
    return (
      <label className="flex items-start gap-3 text-sm">
        <input type="checkbox" {...common} required={false} defaultChecked={start === true || start === 'true'} className="mt-0.5 size-4 accent-accent" />
        <span><span className="font-medium">{label}</span><span className="block text-xs text-ink-2">{setting.help?.[language]}</span></span>
      </label>
    );
  }
  const type = kind === 'secret' ? 'password' : kind === 'url' ? 'url' : kind === 'number' ? 'number' : 'text';
  return (
    <Field label={shown} help={setting.help?.[language]} error={error}>
      {(wiring) => kind === 'choice'
        ? <select {...wiring} {...common} defaultValue={String(start)} className="input">{(setting.choices ?? []).map((choice) => <option key={choice}>{choice}</option>)}</select>
        : <input
            {...wiring} {...common} type={type} step="any" pattern={setting.pattern ?? undefined} autoComplete={kind === 'secret' ? 'new-password' : 'off'} spellCheck={false}
            defaultValue={kind === 'secret' ? '' : String(start)} placeholder={known && kind === 'secret' ? w.keepSecret : undefined} className={`input ${kind === 'text' || kind === 'secret' ? 'font-mono text-sm' : ''}`}
          />}
    </Field>
  );
}
