import { useQuery } from '@tanstack/react-query';
import { FileSearch, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { get } from '@api/client';
import type { SentMessage, Template } from '@api/schema';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { useWords } from '@/ui/words';
import { FillTemplate } from './FillTemplate';
import { prefill, type Person } from './template';
import { title, wordOf, words } from './words';

interface TemplatePickerProps {
  conversationId: string;
  person: Person;
  /** Categories that the contact has stopped. */
  stopped: string[];
  onSent: (sent: SentMessage) => void;
}

/** Finds a template for one chat, fills it in and sends it. */
export function TemplatePicker({ conversationId, person, stopped, onSent }: TemplatePickerProps) {
  const w = useWords(words);
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<Template | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['templates', 'chat', conversationId],
    queryFn: () => get<Template[]>('/admin/templates', { query: { conversation_id: conversationId, sendable: 'true' } }),
  });
  const found = useMemo(() => (data ?? []).filter((template) => matches(template, q)), [data, q]);

  if (chosen) {
    return <FillTemplate key={chosen.id} template={chosen} start={prefill(chosen, person)} to={{ conversation_id: conversationId }} onBack={() => setChosen(null)} onSent={onSent} />;
  }
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} className="h-12" />;
  if (data.length === 0) return <Empty icon={FileSearch} title={w.noTemplates}>{w.noTemplatesWhy}</Empty>;
  return (
    <div className="grid gap-2">
      <label className="relative block">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-3" />
        <input className="input !pl-9" type="search" data-testid="template-search" value={q} onChange={(event) => setQ(event.target.value)} placeholder={w.search} aria-label={w.search} />
      </label>
      {found.length === 0 ? <p className="p-3 text-center text-sm text-ink-2">{w.none}</p> : (
        <ul aria-label={w.list} className="grid max-h-64 grid-cols-[minmax(0,1fr)] gap-1 overflow-y-auto overscroll-contain">
          {found.map((template) => {
            const no = stopped.includes(template.category.toLowerCase());
            return (
              <li key={template.id}>
                <button
                  type="button" disabled={no} data-testid="template-option" data-template={template.name} onClick={() => setChosen(template)}
                  className="grid w-full grid-cols-[minmax(0,1fr)] gap-0.5 rounded-xl border border-line px-3 py-2 text-left hover:border-accent hover:bg-accent-soft disabled:border-line disabled:bg-surface-2 disabled:opacity-70"
                >
                  <span className="flex items-baseline gap-2"><span className="truncate font-medium">{title(template.name)}</span><span className="ml-auto shrink-0 text-2xs text-ink-3">{wordOf(w, template.category)} · {template.language}</span></span>
                  <span className={`truncate text-xs ${no ? 'text-warn' : 'text-ink-2'}`}>{no ? w.opted : template.look.body}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

function matches(template: Template, q: string) {
  const wanted = q.trim().toLowerCase();
  return wanted === '' || [template.name, title(template.name), template.look.body, template.language].some((words) => words.toLowerCase().includes(wanted));
}
