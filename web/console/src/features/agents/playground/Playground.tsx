import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bot, FlaskConical, RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { get, post } from '@api/client';
import type { AgentVersion, PlaygroundAnswer } from '@api/agent';
import { Timeline } from '@/story/Timeline';
import { TurnCard } from '@/story/TurnCard';
import { Button } from '@/ui/Button';
import { FormProblem } from '@/ui/FormProblem';
import { Markdown } from '@/ui/Markdown';
import { Empty } from '@/ui/States';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { agentPath, useAgentEditor, type Whose } from '../settings/draft';
import { Ask } from './Ask';
import { messagesOf, setPlayground, usePlayground, type Said } from './session';
import { words } from './words';

/** A talk with the agent as it is, as it was, or as it would be, without any channel. */
export function Playground({ whose, mayManage }: { whose: Whose; mayManage: boolean }) {
  const w = useWords(words);
  const editor = useAgentEditor(whose);
  const queries = useQueryClient();
  const { said, looked } = usePlayground(whose);
  const [chosen, setChosen] = useState<string | null>(null);
  const versions = useQuery({ queryKey: ['agent-versions', whose], queryFn: () => get<AgentVersion[]>(`${agentPath(whose)}/versions`) });
  const which = chosen ?? (editor.dirty ? 'draft' : 'current');
  const version = /^\d+$/.test(which) ? Number(which) : null;
  const subject = which === 'draft' && editor.dirty ? { settings: editor.draft } : version !== null ? { version } : {};

  const ask = useMutation({
    mutationFn: async (text: string) => {
      const talk: Said[] = [...said, { role: 'user', text }];
      setPlayground(whose, (view) => ({ ...view, said: talk }));
      const answer = await post<PlaygroundAnswer>('/admin/agent/playground', { messages: messagesOf(talk), ...subject, ...(whose ? { account_id: whose } : {}) });
      setPlayground(whose, (view) => ({ said: [...view.said, { role: 'agent', text: answer.reply ?? '', answer }], looked: view.said.length }));
    },
    onError: () => setPlayground(whose, (view) => ({ ...view, said: view.said.at(-1)?.role === 'user' ? view.said.slice(0, -1) : view.said })),
  });
  const publish = useMutation({
    mutationFn: () => (version !== null ? post(`${agentPath(whose)}/versions/${version}/restore`) : editor.publish()),
    onSuccess: () => {
      setChosen(null);
      toast({ title: w.published });
      for (const key of ['agent', 'agent-versions']) void queries.invalidateQueries({ queryKey: [key] });
    },
    onError: toastProblem,
  });

  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [said.length, ask.isPending]);
  const turn = looked === null ? undefined : said[looked];

  return (
    <div className="grid min-h-0 flex-1 max-lg:grid-rows-[minmax(0,3fr)_minmax(0,2fr)] lg:grid-cols-2">
      <section aria-label={w.conversation} className="flex min-h-0 min-w-0 flex-col border-line max-lg:border-b lg:border-r">
        <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
          <select aria-label={w.with} data-testid="playground-which" value={which} onChange={(event) => setChosen(event.target.value)} className="input w-auto max-w-60 min-w-0">
            {editor.dirty && <option value="draft">{w.draft}</option>}
            <option value="current">{w.current}</option>
            {(versions.data ?? []).slice(1, 30).filter((version) => version.settings).map((version) => <option key={version.version} value={version.version}>{w.version(version.version)}</option>)}
          </select>
          <span className="ml-auto" />
          {said.length > 0 && <Button small tone="quiet" onClick={() => setPlayground(whose, () => ({ said: [], looked: null }))}><RotateCcw aria-hidden />{w.clear}</Button>}
          {mayManage && ('settings' in subject || version !== null) && <Button small tone="primary" data-testid="playground-publish" busy={publish.isPending} onClick={() => publish.mutate()}>{version !== null ? w.publishVersion(version) : w.publish}</Button>}
        </div>
        <div role="log" aria-label={w.conversation} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto bg-canvas p-4">
          {said.length === 0 && !ask.isPending && <div className="grid h-full"><Empty icon={FlaskConical} title={w.empty}>{w.emptyWhy} {w.lead}</Empty></div>}
          <ol className="grid gap-2">
            {said.map((line, index) => <Line key={index} line={line} looked={index === looked} onLook={() => setPlayground(whose, (view) => ({ ...view, looked: index }))} />)}
            {ask.isPending && <li role="status" className="flex items-center gap-2 text-sm text-agent"><Bot aria-hidden className="size-4 animate-[shimmer_0.7s_ease-in-out_infinite_alternate]" />{w.thinking}…</li>}
          </ol>
          <div ref={end} />
        </div>
        {ask.error && <div className="px-4 pt-3"><FormProblem error={ask.error} /></div>}
        {!mayManage && <p className="px-4 pt-3 text-center text-xs text-ink-2">{w.readOnly}</p>}
        <Ask busy={ask.isPending || !mayManage} failed={ask.isError ? ask.variables : null} onAsk={(text) => ask.mutate(text)} />
      </section>
      <section aria-label={w.trace} data-testid="playground-trace" className="min-h-0 min-w-0 overflow-y-auto p-4 sm:p-5" tabIndex={0}>
        <h2 className="mb-3 font-semibold tracking-tight">{w.trace}</h2>
        {turn?.role === 'agent' ? (
          <>
            <TurnCard key={looked} log={turn.answer.log} open />
            {turn.answer.log.steps && turn.answer.log.steps.length > 0 && <Timeline steps={turn.answer.log.steps} />}
          </>
        ) : <p className="text-sm text-ink-2">{w.pickTurn}</p>}
      </section>
    </div>
  );
}

function Line({ line, looked, onLook }: { line: Said; looked: boolean; onLook: () => void }) {
  const w = useWords(words);
  if (line.role === 'user') return <li data-testid="playground-said" className="max-w-[85%] justify-self-start rounded-2xl rounded-bl-md border border-line bg-surface px-3 py-2 text-sm break-words whitespace-pre-wrap shadow-lift">{line.text}</li>;
  const { outcome } = line.answer;
  const note = outcome === 'handed_off' ? w.handedOff : outcome === 'nothing' ? w.nothing : outcome === 'failed' ? w.failed : null;
  return (
    <li className="max-w-[85%] justify-self-end">
      <button type="button" data-testid="playground-answer" data-outcome={outcome} aria-pressed={looked} onClick={onLook} className={`grid w-full gap-1 rounded-2xl rounded-br-md border border-agent-line bg-agent-soft px-3 py-2 text-left shadow-lift ${looked ? 'ring-2 ring-agent' : ''}`}>
        {line.text && <Markdown text={line.text} />}
        {note && <span className={`text-sm font-medium ${outcome === 'failed' ? 'text-bad' : 'text-warn'}`}>{note}</span>}
        <span className="flex items-center justify-end gap-1 text-2xs text-agent"><Bot aria-hidden className="size-3" />{w.showTrace}</span>
      </button>
    </li>
  );
}
