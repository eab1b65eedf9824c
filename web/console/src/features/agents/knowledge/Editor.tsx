import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { post, put, remove } from '@api/client';
import type { KnowledgeItem } from '@api/agent';
import { Button, IconButton } from '@/ui/Button';
import { Confirm } from '@/ui/Confirm';
import { Field, TextField } from '@/ui/Field';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { Markdown } from '@/ui/Markdown';
import { usePreferences } from '@/ui/preferences';
import { Segments } from '@/ui/Segments';
import { ago, useNow } from '@/ui/time';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from './words';

interface EditorProps {
  /** What there is; undefined: a new one. */
  item: KnowledgeItem | undefined;
  kind: KnowledgeItem['kind'];
  mayManage: boolean;
  /** With the id of what was saved; without one when it is gone or given up. */
  onDone: (saved?: string) => void;
}

/** One article or one question with its answer. */
export function Editor({ item, kind, mayManage, onDone }: EditorProps) {
  const w = useWords(words);
  const { language } = usePreferences();
  const now = useNow(60_000);
  const queries = useQueryClient();
  const article = kind === 'article';
  const [head, setHead] = useState(item?.title ?? item?.question ?? '');
  const [text, setText] = useState(item?.body ?? item?.answer ?? '');
  const [mode, setMode] = useState<'write' | 'preview'>(item && article ? 'preview' : 'write');
  const [deleting, setDeleting] = useState(false);
  const dirty = item ? head !== (item.title ?? item.question ?? '') || text !== (item.body ?? item.answer ?? '') : true;
  const renew = () => Promise.all([queries.invalidateQueries({ queryKey: ['knowledge'] }), queries.invalidateQueries({ queryKey: ['knowledge-search'] })]);

  const save = useMutation({
    mutationFn: async () => {
      const body = article ? { title: head.trim(), body: text } : { question: head.trim(), answer: text };
      return item ? put<KnowledgeItem>(`/admin/knowledge/${item.id}`, body) : post<KnowledgeItem>('/admin/knowledge', body);
    },
    onSuccess: async (saved) => {
      await renew();
      toast({ title: w.saved });
      onDone(item?.id ?? saved?.id);
    },
  });
  const del = useMutation({
    mutationFn: () => remove(`/admin/knowledge/${item!.id}`),
    onSuccess: async () => {
      onDone();
      await renew();
      toast({ title: w.deleted });
    },
    onError: toastProblem,
  });

  return (
    <form className="flex min-h-0 flex-1 flex-col" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <header className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <IconButton label={w.back} onClick={() => onDone()}><ArrowLeft aria-hidden /></IconButton>
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold">{item ? head : article ? w.newArticle : w.newQuestion}</h2>
          {item && <p className="truncate text-2xs text-ink-3">{w.changed(ago(item.updated_at, language, now), item.updated_by ?? '')} · {w.chunks(item.chunks)}</p>}
        </div>
        {article && <Segments label={w.view} value={mode} onChange={setMode} choices={[['write', w.write], ['preview', w.preview]]} />}
        {item && mayManage && <IconButton label={w.del} onClick={() => setDeleting(true)}><Trash2 aria-hidden /></IconButton>}
        {mayManage && <Button type="submit" tone="primary" data-testid="save-knowledge" disabled={!dirty || !head.trim() || !text.trim()} busy={save.isPending}>{w.save}</Button>}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4 sm:p-6" tabIndex={0} role="region" aria-label={item ? head : w.newArticle}>
        <fieldset disabled={!mayManage} className="mx-auto grid w-full max-w-3xl min-w-0 gap-4">
          {!mayManage && <p className="rounded-lg bg-surface-3 px-3 py-2 text-sm text-ink-2">{w.readOnly}</p>}
          <FormProblem error={save.error} fields={['title', 'body', 'question', 'answer']} />
          {mode === 'preview' ? <article className="grid gap-3"><p className="text-xl font-semibold tracking-tight">{head}</p><Markdown text={text} /></article> : (
            <>
              <TextField label={article ? w.title : w.q} help={article ? undefined : w.qHelp} data-testid="knowledge-head" value={head} maxLength={500} required autoFocus={!item} error={fieldError(save.error, article ? 'title' : 'question')} onChange={(event) => setHead(event.target.value)} />
              <Field label={article ? w.body : w.a} help={article ? w.bodyHelp : w.aHelp} error={fieldError(save.error, article ? 'body' : 'answer')}>
                {(wiring) => <textarea {...wiring} data-testid="knowledge-text" value={text} required rows={article ? 20 : 6} dir="auto" placeholder={article ? w.bodyPlace : ''} onChange={(event) => setText(event.target.value)} className={`input h-auto py-2.5 leading-6 ${article ? 'font-mono text-sm' : ''}`} />}
              </Field>
            </>
          )}
        </fieldset>
      </div>
      {deleting && <Confirm title={`${w.del}: ${head}`} action={w.del} danger busy={del.isPending} onConfirm={() => del.mutate()} onClose={() => setDeleting(false)}>{w.delSure}</Confirm>}
    </form>
  );
}
