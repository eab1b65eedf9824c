import { Dialog } from '@/ui/Dialog';
import { Switch } from '@/ui/Field';
import { preferences, usePreferences } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { paletteKey } from './palette/usePaletteKey';
import { words } from './words';

export function Shortcuts({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const { singleKeys } = usePreferences();
  const keys = [
    [paletteKey, w.palette], ['?', w.keyHelp], ['/', w.keySearch], ['F', w.keyFind], ['U', w.keyUnread], ['J', w.keyNext], ['K', w.keyPrevious], ['R', w.keyReply], ['E', w.keyReact], ['T', w.keyLock], ['D', w.keyDetails], ['↑', w.keyUp], ['Esc', w.keyEsc],
  ];
  return (
    <Dialog title={w.help} onClose={onClose}>
      <dl className="grid gap-2 text-sm">
        {keys.map(([key, meaning]) => (
          <div key={key} className="flex items-center justify-between gap-4"><dt>{meaning}</dt>
            <dd><kbd className="inline-block min-w-7 rounded-md border border-line-strong bg-surface-2 px-1.5 py-0.5 text-center font-sans text-xs font-medium">{key}</kbd></dd></div>
        ))}
      </dl>
      <div className="mt-4 border-t border-line pt-3">
        <Switch label={w.singleKeys} checked={singleKeys} onChange={(checked) => preferences.set({ singleKeys: checked })} />
        <p className="text-xs text-ink-2">{w.singleKeysNote}</p>
      </div>
    </Dialog>
  );
}
