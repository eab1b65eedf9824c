import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import { get, post } from '@api/client';
import type { AgentVersion } from '@api/agent';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { Confirm } from '@/ui/Confirm';
import { Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { full, when } from '@/ui/time';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { summaryOf, words } from '../words';
import { fieldsBetween, linesBetween } from './difference';
import { agentPath, type Whose } from './draft';
import { FieldChangeRow } from './FieldChangeRow';

/** Every version that ever answered: who made it, when, what it changed, and the way back to it. */
export function Versions({ whose, mayManage }: { whose: Whose; mayManage: boolean }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const [openAt, setOpenAt] = useState<number | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['agent-versions', whose], queryFn: () => get<AgentVersion[]>(`${agentPath(whose)}/versions`) });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={5} className="h-12 max-w-3xl" />;
  if (data.length === 0) return <Empty icon={History} title={w.noVersions}>{w.noVersionsWhy}</Empty>;
  const open = data.findIndex((version) => version.version === (openAt ?? data[0]!.version));
  return (
    <div className="grid min-h-0 flex-1 max-lg:overflow-y-auto lg:grid-cols-[20rem_minmax(0,1fr)]">
      <ol className="overflow-y-auto border-line max-lg:border-b lg:border-r" aria-label={w.versions}>
        {data.map((version, index) => (
          <li key={version.version} className="border-b border-line">
            <button
              type="button" data-testid="version" aria-current={index === open} onClick={() => setOpenAt(version.version)}
              className={`grid w-full gap-0.5 px-4 py-3 text-left -outline-offset-2 ${index === open ? 'bg-accent-soft' : 'hover:bg-surface-2'}`}
            >
              <span className="flex items-center gap-2 text-sm font-semibold">{w.version(version.version)}{index === 0 && <Tag tone="good">{w.current}</Tag>}
                <time dateTime={version.changed_at} title={full(version.changed_at, language)} className="nums ml-auto text-2xs font-normal text-ink-3">{when(version.changed_at, language)}</time></span>
              <span className="truncate text-xs text-ink-2">{summaryOf(w, version.summary)}</span>
              <span className="flex items-center gap-1.5 text-2xs text-ink-2"><Avatar name={version.changed_by} size="size-4 text-[0.5rem]" />{version.changed_by}</span>
            </button>
          </li>
        ))}
      </ol>
      <Detail key={data[open]!.version} whose={whose} version={data[open]!} before={data[open + 1]} restorable={mayManage && open > 0} />
    </div>
  );
}

interface DetailProps {
  whose: Whose;
  version: AgentVersion;
  before: AgentVersion | undefined;
  restorable: boolean;
}

function Detail({ whose, version, before, restorable }: DetailProps) {
  const w = useWords(words);
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const restore = useMutation({
    mutationFn: () => post(`${agentPath(whose)}/versions/${version.version}/restore`),
    onSuccess: () => {
      setAsking(false);
      toast({ title: w.restored(version.version) });
      for (const key of ['agent', 'agent-versions']) void queries.invalidateQueries({ queryKey: [key] });
    },
    onError: toastProblem,
  });
  const { settings } = version;
  const fields = settings ? fieldsBetween(before?.settings ?? null, settings) : [];
  const lines = settings ? linesBetween(before?.settings?.instructions ?? '', settings.instructions) : [];
  const instructed = lines.some((line) => line.kind !== 'same');
  return (
    <section aria-label={w.version(version.version)} className="min-h-0 p-4 sm:p-6 lg:overflow-y-auto" tabIndex={0}>
      <header className="mb-4 flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1"><h2 className="text-lg font-semibold tracking-tight">{w.version(version.version)}</h2><p className="text-sm text-ink-2">{before ? w.compared(before.version) : w.first}</p></div>
        {restorable && <Button data-testid="restore" onClick={() => setAsking(true)}>{w.restore}</Button>}
      </header>
      <div className="grid max-w-3xl gap-5">
        {!settings && <p className="text-sm text-ink-2">{w.s_inherits}</p>}
        {settings && fields.length === 0 && !instructed && <p className="text-sm text-ink-2">{w.nothingChanged}</p>}
        {fields.length > 0 && <dl className="divide-y divide-line rounded-xl border border-line text-sm">{fields.map((change) => <FieldChangeRow key={change.field} change={change} />)}</dl>}
        {instructed && (
          <section aria-label={w.instructions}>
            <h3 className="mb-1.5 text-sm font-semibold">{w.instructions}</h3>
            <div className="overflow-hidden rounded-xl border border-line text-sm leading-6">
              {lines.map((line, index) => (
                <p key={index} className={`flex gap-2 px-3 whitespace-pre-wrap ${line.kind === 'added' ? 'bg-good-soft' : line.kind === 'removed' ? 'bg-bad-soft text-ink-2' : ''}`}>
                  <span aria-hidden className="w-3 shrink-0 text-ink-3 select-none">{line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ''}</span>
                  {line.kind === 'removed' ? <del className="min-w-0 break-words">{line.text || ' '}</del> : line.kind === 'added' ? <ins className="min-w-0 break-words no-underline">{line.text || ' '}</ins> : <span className="min-w-0 break-words">{line.text || ' '}</span>}
                </p>
              ))}
            </div>
          </section>
        )}
      </div>
      {asking && <Confirm title={w.restore} action={w.restore} busy={restore.isPending} onConfirm={() => restore.mutate()} onClose={() => setAsking(false)}>{w.restoreSure}</Confirm>}
    </section>
  );
}
