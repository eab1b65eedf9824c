import { useMutation } from '@tanstack/react-query';
import { Bot, BotOff } from 'lucide-react';
import { Button } from '@/ui/Button';
import { usePreferences } from '@/ui/preferences';
import { when } from '@/ui/time';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from '../words';
import type { AgentEditor } from './draft';

/** The main switch, with what it means. It acts at once; unpublished changes stay unpublished. */
export function OnOff({ editor, mayManage }: { editor: AgentEditor; mayManage: boolean }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const settings = editor.settings!;
  const on = settings.enabled;
  const flip = useMutation({
    mutationFn: () => editor.turn(!on),
    onSuccess: () => toast({ title: on ? w.switchedOff : w.switchedOn }),
    onError: toastProblem,
  });
  return (
    <section data-testid="agent-state" data-on={on} aria-label={on ? w.on : w.off} className={`flex flex-wrap items-center gap-4 rounded-2xl border p-4 sm:p-5 ${on ? 'border-agent-line bg-agent-soft' : 'border-line bg-surface-2'}`}>
      <span aria-hidden className={`grid size-11 shrink-0 place-items-center rounded-xl ${on ? 'bg-agent text-surface' : 'bg-surface-3 text-ink-3'}`}>{on ? <Bot className="size-6" /> : <BotOff className="size-6" />}</span>
      <div className="min-w-52 flex-1">
        <h2 className="font-semibold tracking-tight">{on ? w.on : w.off}</h2>
        <p className="text-sm text-ink-2">{on ? w.onWhy : w.offWhy}</p>
        {on && settings.activated_at && <p className="mt-0.5 text-2xs text-ink-2">{w.since(when(settings.activated_at, language))} · {w.version(settings.version)}</p>}
      </div>
      {mayManage && <Button tone={on ? 'plain' : 'primary'} data-testid="agent-switch" role="switch" aria-checked={on} busy={flip.isPending} onClick={() => flip.mutate()}>{on ? w.switchOff : w.switchOn}</Button>}
    </section>
  );
}
