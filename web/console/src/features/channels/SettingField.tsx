import type { Setting } from '@api/schema';
import { Field } from '@/ui/Field';
import { usePreferences } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { choicesOf } from './settings';
import { words } from './words';

interface SettingFieldProps {
  setting: Setting;
  value: string | null;
  /** Whether a secret is kept already; it is never shown. */
  secretSet: boolean;
  error: string | null;
}

/** One field of the form, drawn from the schema. Left empty, the default applies. */
export function SettingField({ setting, value, secretSet, error }: SettingFieldProps) {
  const w = useWords(words);
  const { language } = usePreferences();
  const { name, kind, required } = setting;
  const label = setting.label?.[language] || name;
  const help = setting.help?.[language];
  const wiredTo = { name: `settings.${name}`, 'data-testid': `setting-${name}` };
  const start = value ?? '';
  const byDefault = setting.default == null ? '' : String(setting.default);
  if (kind === 'boolean') {
    return (
      <label className="flex items-start gap-3 text-sm">
        <input type="checkbox" {...wiredTo} defaultChecked={(start || byDefault) === 'true'} className="mt-0.5 size-4 accent-accent" />
        <span><span className="font-medium">{label}</span><span className="block text-xs text-ink-2">{error ?? help}</span></span>
      </label>
    );
  }
  const choices = choicesOf(setting);
  const type = kind === 'secret' ? 'password' : kind === 'url' ? 'url' : 'text';
  return (
    <Field label={required || setting.default != null ? label : `${label} (${w.optional})`} help={help} error={error}>
      {(wiring) => choices
        ? <select {...wiring} {...wiredTo} defaultValue={start || byDefault} className="input">{choices.map((choice) => <option key={choice}>{choice}</option>)}</select>
        : <input
            {...wiring} {...wiredTo} type={type} inputMode={kind === 'number' ? 'numeric' : undefined} pattern={setting.pattern ?? undefined} required={required && !secretSet && !byDefault}
            autoComplete={kind === 'secret' ? 'new-password' : 'off'} spellCheck={false} defaultValue={start} className="input font-mono text-sm placeholder:font-sans"
            placeholder={secretSet ? w.keepSecret : byDefault ? w.byDefault(byDefault) : undefined}
          />}
    </Field>
  );
}
