import { useState } from 'react';
import { Segments } from '@/ui/Segments';
import { Switch, TextField } from '@/ui/Field';
import { preferences, usePreferences } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { words } from './words';

/** How this browser tells of new messages. */
export function Alerts() {
  const w = useWords(words);
  const { sound, desktop, alertFor, quietFrom, quietTo } = usePreferences();
  const [refused, setRefused] = useState(false);
  const known = typeof Notification !== 'undefined';
  const allow = async (wanted: boolean) => {
    const allowed = !wanted || (known && (await Notification.requestPermission()) === 'granted');
    setRefused(!allowed);
    preferences.set({ desktop: wanted && allowed });
  };
  return (
    <div className="grid max-w-md gap-5">
      <div className="grid gap-1.5">
        <p className="text-sm font-medium">{w.alertFor}</p>
        <Segments label={w.alertFor} value={alertFor} onChange={(chosen) => preferences.set({ alertFor: chosen })} choices={[['human', w.alertHuman], ['all', w.alertAll]]} testId="alert-for" />
        <p className="text-xs text-ink-2">{w.alertForHelp}</p>
      </div>
      <Switch label={w.sound} checked={sound} onChange={(checked) => preferences.set({ sound: checked })} />
      <div>
        <Switch label={w.desktop} checked={desktop} onChange={(checked) => void allow(checked)} />
        <p className={`text-xs ${refused ? 'text-bad' : 'text-ink-2'}`}>{refused ? w.desktopRefused : w.desktopHelp}</p>
      </div>
      <fieldset className="grid gap-1.5">
        <legend className="text-sm font-medium">{w.quiet}</legend>
        <div className="mt-1.5 grid grid-cols-2 gap-3">
          <TextField label={w.quietFrom} type="time" value={quietFrom} onChange={(event) => preferences.set({ quietFrom: event.target.value })} />
          <TextField label={w.quietTo} type="time" value={quietTo} onChange={(event) => preferences.set({ quietTo: event.target.value })} />
        </div>
        <p className="text-xs text-ink-2">{w.quietHelp}</p>
      </fieldset>
    </div>
  );
}
