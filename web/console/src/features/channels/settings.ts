import type { Setting } from '@api/schema';

type Value = string | number | boolean;

/** The settings to send: empty fields are left out, so a default applies and a secret stays as it is. */
export function settingsOf(form: FormData, schema: readonly Setting[]): Record<string, Value> {
  const settings: Record<string, Value> = {};
  for (const { name, kind } of schema) {
    const value = form.get(`settings.${name}`);
    if (kind === 'boolean') settings[name] = value !== null;
    else if (typeof value !== 'string' || value.trim() === '') continue;
    else settings[name] = kind === 'number' ? Number(value) : value.trim();
  }
  return settings;
}
