import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post, put } from '@api/client';
import type { Snippet } from '@api/schema';
import { placeholders } from '@/snippets/snippet';
import { snippetsKey } from '@/snippets/useSnippets';
import { words } from '@/snippets/words';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Field, TextField } from '@/ui/Field';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { useWords } from '@/ui/words';

/** @param snippet The one that is changed; null for a new one. */
export function EditSnippet({ snippet, onClose }: { snippet: Snippet | null; onClose: () => void }) {
  const w = useWords(words);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const body = Object.fromEntries(form);
      return snippet ? put(`/admin/snippets/${snippet.id}`, body) : post('/admin/snippets', body);
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: snippetsKey });
      onClose();
    },
  });
  return (
    <Dialog title={snippet ? w.change : w.add} onClose={onClose}>
      <form className="grid grid-cols-[minmax(0,1fr)] gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(new FormData(event.currentTarget)); }}>
        <TextField label={w.name} name="name" help={w.nameHelp} defaultValue={snippet?.name} error={fieldError(save.error, 'name')} required autoComplete="off" maxLength={40} />
        <Field label={w.text} error={fieldError(save.error, 'text')}>
          {(wiring) => <textarea {...wiring} name="text" defaultValue={snippet?.text} rows={6} required maxLength={4096} className="input h-auto resize-y py-2 leading-5" />}
        </Field>
        <p className="text-xs text-ink-2">{w.fills} {placeholders.map((name) => <code key={name} className="mr-1.5 rounded bg-surface-3 px-1 py-0.5 font-mono">{`{{${name}}}`}</code>)}</p>
        <FormProblem error={save.error} fields={['name', 'text']} />
        <Button type="submit" tone="primary" data-testid="save-snippet" busy={save.isPending} className="justify-self-end">{w.save}</Button>
      </form>
    </Dialog>
  );
}
