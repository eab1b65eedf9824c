import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileSearch, LayoutTemplate, RefreshCw, Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { get, post } from '@api/client';
import type { Template, TemplateCatalogue } from '@api/schema';
import { useSession } from '@/live/session';
import { statusTone, title, wordOf, words as shared } from '@/templates/words';
import { Button } from '@/ui/Button';
import { Page, Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { ago, useNow } from '@/ui/time';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { Catalogues } from './Catalogues';
import { Quality } from './Quality';
import { TemplateDetail } from './TemplateDetail';
import { words } from './words';

const day = 86_400_000;

/** Every template of every account: how it stands with the network, what it looks like, what changed. */
export function Templates({ id, onOpen }: { id: string | null; onOpen: (id: string | null) => void }) {
  const w = useWords(words);
  const s = useWords(shared);
  const { language } = usePreferences();
  const { session, feed } = useSession();
  const queries = useQueryClient();
  const now = useNow(30_000);
  const [q, setQ] = useState('');
  const [filter, setFilter] = useState({ status: '', language: '', category: '' });
  const { data, error, refetch } = useQuery({ queryKey: ['templates'], refetchInterval: 30_000, queryFn: () => get<Template[]>('/admin/templates') });
  const catalogues = useQuery({ queryKey: ['templates', 'catalogues'], refetchInterval: 30_000, queryFn: () => get<TemplateCatalogue[]>('/admin/templates/catalogues') });
  useEffect(() => feed.subscribe((hint) => {
    if (hint.event === 'resync' || hint.change.kind === 'template') void queries.invalidateQueries({ queryKey: ['templates'] });
  }), [feed, queries]);
  const sync = useMutation({
    mutationFn: () => post<{ synced: number }>('/admin/templates/sync', {}),
    onSuccess: ({ synced }) => toast({ title: w.synced(synced) }),
    onError: toastProblem,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['templates'] }),
  });

  const choices = useMemo(() => ({
    status: [...new Set((data ?? []).map((one) => one.status))].sort(),
    category: [...new Set((data ?? []).map((one) => one.category))].sort(),
    language: [...new Set((data ?? []).map((one) => one.language))].sort(),
  }), [data]);
  const shown = useMemo(() => (data ?? []).filter((one) =>
    (!filter.status || one.status === filter.status) && (!filter.language || one.language === filter.language) && (!filter.category || one.category === filter.category)
    && (q.trim() === '' || `${one.name} ${title(one.name)} ${one.look.body} ${one.look.footer ?? ''}`.toLowerCase().includes(q.trim().toLowerCase()))), [data, filter, q]);
  const open = data?.find((one) => one.id === id);
  // Two accounts may have a template of the same name: then its owner tells them apart.
  const several = (catalogues.data?.length ?? 0) > 1;
  const ownerNames = (one: Template) => catalogues.data?.find((whose) => whose.channel === one.channel && whose.owner === one.owner)?.account_names.join(', ') ?? '';

  return (
    <Page title={w.title} lead={w.lead} fixed actions={session.operator.role !== 'viewer' && <Button data-testid="sync-templates" busy={sync.isPending} onClick={() => sync.mutate()}>{!sync.isPending && <RefreshCw aria-hidden />}{w.sync}</Button>}>
      {/* On a phone an open template has the page to itself. */}
      <div className={open ? "max-lg:hidden" : "contents"}><Catalogues list={catalogues.data ?? []} /></div>
      <div className={`grid shrink-0 grid-cols-3 gap-2 border-b border-line px-4 py-2.5 sm:flex sm:px-5 ${open ? 'max-lg:hidden' : ''}`}>
        <label className="relative col-span-3 min-w-0 flex-1">
          <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-3" />
          <input className="input !pl-9" type="search" value={q} onChange={(event) => setQ(event.target.value)} placeholder={w.search} aria-label={w.search} />
        </label>
        {(['status', 'category', 'language'] as const).map((name) => (
          <select key={name} aria-label={w[name]} value={filter[name]} onChange={(event) => setFilter({ ...filter, [name]: event.target.value })} className="input min-w-0 !px-2 sm:!w-auto sm:max-w-40">
            <option value="">{w[name]}</option>
            {choices[name].map((value) => <option key={value} value={value}>{name === 'language' ? value : wordOf(s, value)}</option>)}
          </select>
        ))}
      </div>
      <div className="flex min-h-0 flex-1">
        <div className={`min-h-0 min-w-0 flex-1 overflow-y-auto ${open ? 'max-lg:hidden' : ''}`} tabIndex={0} role="region" aria-label={w.title}>
          {error && !data ? <div className="grid h-full"><Trouble error={error} onRetry={() => void refetch()} /></div> : !data ? <Skeleton rows={7} className="h-14" />
            : data.length === 0 ? <div className="grid h-full"><Empty icon={LayoutTemplate} title={w.empty}>{w.emptyWhy}</Empty></div>
              : shown.length === 0 ? <div className="grid h-full"><Empty icon={FileSearch} title={w.none}>{w.noneWhy}</Empty></div> : (
                <ul className="divide-y divide-line">
                  {shown.map((one) => (
                    <li key={one.id}>
                      <button
                        type="button" data-testid="template-row" data-template={one.name} aria-current={one.id === id ? 'true' : undefined} onClick={() => onOpen(one.id === id ? null : one.id)}
                        className={`grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 text-left -outline-offset-2 sm:px-5 ${one.id === id ? 'bg-accent-soft' : 'hover:bg-surface-2'}`}
                      >
                        <span className="flex min-w-0 items-center gap-2">
                          <span className="truncate font-medium">{title(one.name)}</span>
                          {one.last_change && now - Date.parse(one.changed_at) < day && one.last_change.fields[0]?.field !== 'added' && <span title={w.recently} className="size-1.5 shrink-0 rounded-full bg-accent"><span className="sr-only">{w.recently}</span></span>}
                        </span>
                        <span className="justify-self-end"><Tag tone={statusTone(one.status)}>{wordOf(s, one.status)}</Tag></span>
                        <span className="truncate text-sm text-ink-2">{one.look.body}</span>
                        <span className="flex items-center justify-end gap-2 text-2xs text-ink-3">
                          {several && <span className="max-w-48 truncate max-md:hidden">{ownerNames(one)}</span>}<Quality quality={one.quality} /><span className="w-22 max-sm:hidden">{wordOf(s, one.category)}</span><span className="w-10 max-sm:w-auto">{one.language}</span>
                          <time dateTime={one.changed_at} className="w-20 text-right max-md:hidden">{ago(one.changed_at, language, now)}</time>
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              )}
        </div>
        {open && <TemplateDetail key={open.id} template={open} onClose={() => onOpen(null)} />}
      </div>
    </Page>
  );
}
