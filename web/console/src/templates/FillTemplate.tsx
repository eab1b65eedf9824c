import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowLeft, BadgeCheck, SendHorizontal } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { post, Problem } from '@api/client';
import type { SentMessage, Template, TemplatePreview } from '@api/schema';
import { Button } from '@/ui/Button';
import { newKey } from '@/ui/newKey';
import { toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { body, fill, isComplete, type Values } from './template';
import { TemplateBubble } from './TemplateBubble';
import { TemplateForm } from './TemplateForm';
import { title, words } from './words';

interface FillTemplateProps {
  template: Template;
  /** What is known beforehand. */
  start: Values;
  /** Whom it is for: fields of the request. Null while that is not known yet. */
  to: { conversation_id: string } | { to: string; account_id: string; name?: string } | null;
  /** Further fields above the template's own. */
  above?: ReactNode;
  onBack?: () => void;
  onSent: (sent: SentMessage) => void;
}

const pause = 250;

/** A chosen template: its values, how it will look, and the send. The server checks it with the code that will build it. */
export function FillTemplate({ template, start, to, above, onBack, onSent }: FillTemplateProps) {
  const w = useWords(words);
  const [values, setValues] = useState(start);
  const [settled, setSettled] = useState(values);
  const key = useRef(newKey());
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(values), pause);
    return () => clearTimeout(timer);
  }, [values]);
  useEffect(() => first.current?.querySelector<HTMLElement>('input')?.focus(), []);

  const complete = Boolean(isComplete(template, values));
  const conversation = to && 'conversation_id' in to ? to : {};
  const check = useQuery({
    queryKey: ['template-preview', template.id, template.changed_at, conversation, settled], enabled: complete && settled === values, retry: false, staleTime: 60_000,
    queryFn: () => post<TemplatePreview>(`/admin/templates/${template.id}/preview`, { ...conversation, ...body(template, settled) }),
  });
  const exact = complete && settled === values ? check.data : undefined;
  const problem = complete && check.error instanceof Problem ? check.error : null;
  const sending = useMutation({
    mutationFn: () => post<SentMessage>('/admin/templates/send', { ...to, template_id: template.id, ...body(template, values) }, { key: key.current }),
    onSuccess: onSent,
    onError: (error) => {
      // The same words again are another request: what was wrong may lie elsewhere.
      key.current = newKey();
      toastProblem(error);
    },
  });
  const wrong = problem?.parameter ? { parameter: problem.parameter, message: problem.message.replace(`${problem.parameter}: `, '') } : null;

  return (
    <form
      data-testid="fill-template" className="grid gap-4 sm:grid-cols-2"
      onSubmit={(event) => { event.preventDefault(); if (complete && to && !problem) sending.mutate(); }}
    >
      <div ref={first} className="grid content-start gap-3">
        <div className="flex items-center gap-2">
          {onBack && <button type="button" onClick={onBack} aria-label={w.back} title={w.back} className="-ml-1 rounded-lg p-1.5 text-ink-2 hover:bg-surface-3"><ArrowLeft aria-hidden className="size-4" /></button>}
          <p className="min-w-0 truncate font-semibold">{title(template.name)} <span className="font-normal text-ink-3">· {template.language}</span></p>
        </div>
        {above}
        <TemplateForm template={template} values={values} wrong={wrong} onChange={setValues} />
      </div>
      <div className="grid content-start gap-2.5">
        <TemplateBubble look={exact?.look ?? fill(template, values)} />
        <p aria-live="polite" className={`flex min-h-5 items-center gap-1.5 text-xs ${problem ? 'text-bad' : exact ? 'text-good' : 'text-ink-3'}`}>
          {problem && !wrong ? `${problem.message} ${problem.nextStep ?? ''}` : exact ? <><BadgeCheck aria-hidden className="size-4" />{w.sends}</> : complete ? null : w.fillIn}
        </p>
        <Button type="submit" tone="primary" data-testid="send-template" busy={sending.isPending} disabled={!complete || !to || problem !== null}><SendHorizontal aria-hidden />{w.send}</Button>
      </div>
    </form>
  );
}
