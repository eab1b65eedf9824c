import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '@api/client';
import { Button } from '@/ui/Button';
import { Confirm } from '@/ui/Confirm';
import { Field } from '@/ui/Field';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { go } from '@/ui/route';
import { Skeleton, Trouble } from '@/ui/States';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from '../words';
import { Answering } from './Answering';
import { useAgentEditor, type AgentEditor, type Whose } from './draft';
import { Handoff } from './Handoff';
import { Model } from './Model';
import { OnOff } from './OnOff';
import { Section } from './Section';

/** Everything that can be set about how the agent behaves. Nothing changes for customers before it is published. */
export function Behaviour({ whose, mayManage }: { whose: Whose; mayManage: boolean }) {
  const w = useWords(words);
  const editor = useAgentEditor(whose);
  const { settings, draft } = editor;
  const publish = useMutation({ mutationFn: () => editor.publish(), onSuccess: () => toast({ title: w.publishedPlain }) });
  if (editor.error && !settings) return <Trouble error={editor.error} onRetry={editor.retry} />;
  if (!settings || !draft) return <Skeleton rows={5} className="h-20 max-w-3xl" />;
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={0} role="region" aria-label={w.settings}>
        <fieldset disabled={!mayManage} className="mx-auto grid w-full max-w-3xl min-w-0 gap-6 p-4 pb-16 sm:p-6">
          {!mayManage && <p className="rounded-lg bg-surface-3 px-3 py-2 text-sm text-ink-2">{w.readOnly}</p>}
          {whose && <Inherited editor={editor} />}
          <OnOff editor={editor} mayManage={mayManage} />
          <Section title={w.instructions} lead={w.instructionsHelp}>
            <Field label={w.instructions} hideLabel error={fieldError(publish.error, 'instructions')}>
              {(wiring) => (
                <textarea
                  {...wiring} data-testid="instructions" value={draft.instructions} onChange={(event) => editor.change({ instructions: event.target.value })}
                  rows={Math.min(20, Math.max(7, draft.instructions.split('\n').length + 1))} maxLength={20_000} placeholder={w.instructionsPlace} dir="auto" className="input h-auto py-2.5 leading-6"
                />
              )}
            </Field>
            <p className="nums -mt-2 text-right text-2xs text-ink-3">{w.characters(draft.instructions.length)}</p>
          </Section>
          <Model whose={whose} editor={editor} error={publish.error} />
          <Answering editor={editor} error={publish.error} />
          <Handoff editor={editor} error={publish.error} />
        </fieldset>
      </div>
      {editor.dirty && mayManage && <PublishBar editor={editor} error={publish.error} busy={publish.isPending} onPublish={() => publish.mutate()} onDiscard={() => { editor.discard(); publish.reset(); }} />}
    </>
  );
}

interface PublishBarProps {
  editor: AgentEditor;
  error: unknown;
  busy: boolean;
  onPublish: () => void;
  onDiscard: () => void;
}

function PublishBar({ editor, error, busy, onPublish, onDiscard }: PublishBarProps) {
  const w = useWords(words);
  const overtaken = error instanceof Problem && error.code === 'agent_changed';
  return (
    <div data-testid="unsaved" className="arrive shrink-0 border-t border-line bg-surface px-4 py-3 shadow-float sm:px-6">
      <div className="mx-auto grid max-w-3xl gap-2 sm:px-2">
        {overtaken ? <p role="alert" className="text-sm text-warn">{w.changedByOther}. <button type="button" className="font-semibold underline underline-offset-2" onClick={() => { onDiscard(); editor.retry(); }}>{w.reload}</button></p> : <FormProblem error={error} />}
        <div className="flex flex-wrap items-center gap-2">
          <span className="mr-auto flex items-center gap-2 text-sm font-medium"><span aria-hidden className="size-2 rounded-full bg-warn" />{w.unsaved}</span>
          <Button tone="quiet" onClick={onDiscard}>{w.discard}</Button>
          <Button onClick={() => go('/agent/playground')}>{w.tryIt}</Button>
          <Button tone="primary" data-testid="publish" busy={busy} onClick={onPublish}>{w.publish}</Button>
        </div>
      </div>
    </div>
  );
}

/** Of an account: whether it has an agent of its own, and the way back. */
function Inherited({ editor }: { editor: AgentEditor }) {
  const w = useWords(words);
  const [asking, setAsking] = useState(false);
  const inherit = useMutation({ mutationFn: editor.inherit, onSuccess: () => { setAsking(false); toast({ title: w.inherited }); }, onError: toastProblem });
  if (editor.settings?.inherited) return <p data-testid="inherited" className="rounded-lg bg-accent-soft px-3.5 py-2.5 text-sm"><span className="font-medium">{w.inherits}</span> <span className="text-ink-2">{w.inheritsWhy}</span></p>;
  return (
    <div className="flex justify-end">
      <Button small onClick={() => setAsking(true)}>{w.inherit}</Button>
      {asking && <Confirm title={w.inherit} action={w.inherit} busy={inherit.isPending} onConfirm={() => inherit.mutate()} onClose={() => setAsking(false)}>{w.inheritSure}</Confirm>}
    </div>
  );
}
