import { Waypoints } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Story } from '@/story/Story';
import { Button } from '@/ui/Button';
import { Page } from '@/ui/Page';
import { go } from '@/ui/route';
import { Empty } from '@/ui/States';
import { useWords } from '@/ui/words';
import { words } from './words';

/** The story of a message by any of its ids; its address can be handed to a colleague. */
export function Traces({ id }: { id: string | null }) {
  const w = useWords(words);
  const [typed, setTyped] = useState(id ?? '');
  useEffect(() => setTyped(id ?? ''), [id]);
  return (
    <Page title={w.title} lead={w.lead}>
      <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col gap-5 p-4 sm:p-6">
        <form className="flex gap-2" onSubmit={(event) => { event.preventDefault(); if (typed.trim()) go(`/traces/${encodeURIComponent(typed.trim())}`); }}>
          <input data-testid="trace-id" value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={w.place} aria-label={w.place} spellCheck={false} className="input font-mono text-sm" />
          <Button type="submit" tone="primary">{w.find}</Button>
        </form>
        {id ? <Story key={id} id={id} link /> : <Empty icon={Waypoints} title={w.start}>{w.startWhy}</Empty>}
      </div>
    </Page>
  );
}
