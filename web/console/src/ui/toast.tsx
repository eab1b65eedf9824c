import { Action, Close, Description, Provider, Root, Title, Viewport } from '@radix-ui/react-toast';
import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Problem } from '@api/client';
import { dictionary, useWords } from './words';

interface Toast {
  id: number;
  tone: 'plain' | 'bad';
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
}

let shown: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();
const change = (next: readonly Toast[]) => {
  shown = next;
  for (const listener of listeners) listener();
};

/** Says something in the corner for a few seconds. */
export function toast(said: Omit<Toast, 'id' | 'tone'> & { tone?: Toast['tone'] }) {
  change([...shown.slice(-2), { tone: 'plain', ...said, id: ++last }]);
}

/** Says that an action failed: the server's words and its next step. */
export function toastProblem(error: unknown) {
  const problem = error instanceof Problem ? error : null;
  toast({ tone: 'bad', title: problem?.message ?? String(error), text: problem?.nextStep ?? undefined });
}

const words = dictionary({
  close: ['Close', 'Cerrar'],
  region: ['Notices', 'Avisos'],
});

export function Toasts() {
  const w = useWords(words);
  const list = useSyncExternalStore((listener) => (listeners.add(listener), () => void listeners.delete(listener)), () => shown);
  return (
    <Provider duration={6000} label={w.region}>
      {list.map((item) => (
        <Root
          key={item.id} duration={item.tone === 'bad' || item.text || item.action ? 6000 : 2500}
          onOpenChange={(open) => !open && change(shown.filter((other) => other.id !== item.id))}
          className={`arrive flex items-start gap-3 rounded-xl border bg-surface p-3.5 shadow-float ${item.tone === 'bad' ? 'border-bad/50' : 'border-line'}`}
        >
          <div className="min-w-0 flex-1">
            <Title className={`text-sm font-medium ${item.tone === 'bad' ? 'text-bad' : ''}`}>{item.title}</Title>
            {item.text && <Description className="text-sm text-ink-2">{item.text}</Description>}
          </div>
          {item.action && (
            <Action altText={item.action.label} onClick={item.action.run} className="rounded-md px-2 py-0.5 text-sm font-semibold text-accent hover:bg-accent-soft">
              {item.action.label}
            </Action>
          )}
          <Close aria-label={w.close} className="rounded-md p-0.5 text-ink-3 hover:bg-surface-3"><X className="size-4" aria-hidden /></Close>
        </Root>
      ))}
      <Viewport className="fixed top-16 left-1/2 z-50 grid w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 gap-2 outline-none" />
    </Provider>
  );
}
