import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { patch } from '@api/client';
import type { ConversationDetail } from '@api/schema';
import { useSession } from '@/live/session';
import { Button } from '@/ui/Button';
import { toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from '../words';

/** What operators and the AI have noted about a contact. Both read it: what is written here also guides the AI's answers. */
export function Notes({ contact }: { contact: ConversationDetail['contact'] }) {
  const w = useWords(words);
  const { session } = useSession();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const mayNote = session.operator.role !== 'viewer';
  const change = useMutation({
    mutationFn: (attributes: Record<string, string | null>) => patch(`/admin/contacts/${contact.id}`, { attributes }),
    onSuccess: () => setAdding(false),
    onError: toastProblem,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['conversation'] }),
  });
  const notes = Object.entries(contact.attributes);
  return (
    <section aria-label={w.notes} data-testid="notes" className="mx-4 mt-4 grid gap-2 rounded-xl border border-line p-3.5 text-sm">
      <h3 className="text-xs font-semibold text-ink-3">{w.notes}</h3>
      {notes.length === 0 && !adding && <p className="text-xs text-ink-2">{w.noNotes}</p>}
      <dl className="grid gap-2">
        {notes.map(([name, value]) => (
          <div key={name} className="group/note">
            <dt className="flex items-center justify-between gap-2 text-2xs text-ink-3">{name}
              {mayNote && <button type="button" aria-label={w.removeNote(name)} title={w.removeNote(name)} onClick={() => change.mutate({ [name]: null })} className="rounded p-0.5 opacity-0 group-hover/note:opacity-100 hover:bg-surface-3 focus-visible:opacity-100 pointer-coarse:opacity-100"><X aria-hidden className="size-3.5" /></button>}
            </dt>
            <dd>{mayNote ? <Value name={name} value={typeof value === 'string' ? value : JSON.stringify(value)} onSave={(next) => change.mutate({ [name]: next })} /> : String(value)}</dd>
          </div>
        ))}
      </dl>
      {mayNote && !adding && <button type="button" data-testid="add-note" onClick={() => setAdding(true)} className="flex items-center gap-1 justify-self-start text-xs font-medium text-accent underline-offset-2 hover:underline"><Plus aria-hidden className="size-3.5" />{w.addNote}</button>}
      {adding && (
        <form
          className="grid gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            change.mutate({ [String(form.get('name')).trim()]: String(form.get('value')).trim() });
          }}
        >
          <input name="name" className="input" autoFocus required maxLength={100} placeholder={w.noteName} aria-label={w.noteName} />
          <textarea name="value" className="input h-auto py-2" rows={2} required maxLength={2000} placeholder={w.noteText} aria-label={w.noteText} />
          <span className="flex gap-2"><Button small tone="primary" type="submit" busy={change.isPending}>{w.save}</Button><Button small tone="quiet" onClick={() => setAdding(false)}>{w.cancel}</Button></span>
        </form>
      )}
    </section>
  );
}

/** A note's text, changed in its place: Enter or leaving keeps it, Escape does not. */
function Value({ name, value, onSave }: { name: string; value: string; onSave: (value: string) => void }) {
  return (
    <textarea
      key={value} defaultValue={value} rows={1} aria-label={name} maxLength={2000}
      onBlur={(event) => { const next = event.target.value.trim(); if (next && next !== value) onSave(next); else event.target.value = value; }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); event.currentTarget.blur(); }
        if (event.key === 'Escape') { event.currentTarget.value = value; event.currentTarget.blur(); }
      }}
      className="-mx-1.5 block field-sizing-content w-[calc(100%+0.75rem)] resize-none rounded-md bg-transparent px-1.5 py-0.5 outline-none hover:bg-surface-2 focus:bg-surface-2 focus:ring-1 focus:ring-accent"
    />
  );
}
