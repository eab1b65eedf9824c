import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post, Problem } from '@api/client';
import { Button } from '@/ui/Button';
import { Copyable } from '@/ui/Copyable';
import { Dialog } from '@/ui/Dialog';
import { Field, TextField } from '@/ui/Field';
import { useWords } from '@/ui/words';
import { roleName } from './roles';
import { words } from './words';

const roles = ['service', 'owner', 'operator'];

export function CreateToken({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: (form: FormData) => post<{ token: string }>('/admin/tokens', Object.fromEntries(form)),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const problem = create.error instanceof Problem ? create.error : null;
  return (
    <Dialog title={w.addToken} onClose={onClose}>
      {create.data ? (
        <div className="grid gap-4"><p>{w.tokenOnce}</p><Copyable value={create.data.token} /><Button tone="primary" className="justify-self-end" onClick={onClose}>{w.done}</Button></div>
      ) : (
        <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); create.mutate(new FormData(event.currentTarget)); }}>
          <TextField label={w.name} name="name" required autoComplete="off" maxLength={100} />
          <Field label={w.role}>{(wiring) => <select {...wiring} name="role" className="input">{roles.map((role) => <option key={role} value={role}>{roleName(w, role)}</option>)}</select>}</Field>
          {problem && <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">{problem.message} {problem.nextStep}</p>}
          <Button type="submit" tone="primary" busy={create.isPending} className="justify-self-end">{w.create}</Button>
        </form>
      )}
    </Dialog>
  );
}
