import { Field, Switch } from '@/ui/Field';
import { preferences, usePreferences, type Language, type Theme } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { words } from './words';

export function Appearance() {
  const w = useWords(words);
  const { theme, language, singleKeys } = usePreferences();
  return (
    <div className="grid max-w-sm gap-5">
      <Field label={w.theme}>
        {(wiring) => (
          <select {...wiring} value={theme} onChange={(event) => preferences.set({ theme: event.target.value as Theme })} className="input">
            <option value="system">{w.system}</option><option value="light">{w.light}</option><option value="dark">{w.dark}</option>
          </select>
        )}
      </Field>
      <Field label={w.language}>
        {(wiring) => (
          <select {...wiring} value={language} onChange={(event) => preferences.set({ language: event.target.value as Language })} className="input">
            <option value="en" lang="en">English</option><option value="es" lang="es">Español</option>
          </select>
        )}
      </Field>
      <div><Switch label={w.singleKeys} checked={singleKeys} onChange={(checked) => preferences.set({ singleKeys: checked })} /><p className="text-xs text-ink-2">{w.keysNote}</p></div>
    </div>
  );
}
