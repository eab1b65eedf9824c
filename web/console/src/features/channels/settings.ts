import type { Setting } from '@api/schema';

/**
 * The settings to send. A new account leaves empty fields out, so their defaults apply; a change says "" where a value was
 * taken away, and leaves a secret that was not typed again as it is.
 */
export function settingsOf(form: FormData, schema: readonly Setting[], before?: Readonly<Record<string, string>>): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const { name, kind } of schema) {
    const typed = form.get(`settings.${name}`);
    const value = kind === 'boolean' ? String(typed !== null) : typeof typed === 'string' ? typed.trim() : '';
    if (value !== '' ? value !== before?.[name] : before?.[name]) settings[name] = value;
  }
  return settings;
}

/** The words a setting can take, when its pattern is nothing but a list of them ("resend|ask"). */
export function choicesOf({ kind, pattern }: Setting): readonly string[] | null {
  return kind === 'text' && pattern && /^\w+(\|\w+)+$/.test(pattern) ? pattern.split('|') : null;
}
