import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { post, Problem } from '@api/client';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { toast } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from './words';

export function Password() {
  const w = useWords(words);
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: (data: FormData) => post('/auth/password', { current: data.get('current'), new: data.get('new') }),
    onSuccess: () => {
      form.current?.reset();
      toast({ title: w.changed });
    },
  });
  const problem = change.error instanceof Problem ? change.error : null;
  return (
    <form ref={form} className="grid max-w-sm gap-4" onSubmit={(event) => { event.preventDefault(); change.mutate(new FormData(event.currentTarget)); }}>
      <TextField label={w.current} name="current" type="password" required autoComplete="current-password" />
      <TextField label={w.next} name="new" type="password" required minLength={10} autoComplete="new-password" />
      {problem && <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">{problem.message} {problem.nextStep}</p>}
      <Button type="submit" tone="primary" busy={change.isPending} className="justify-self-start">{w.change}</Button>
    </form>
  );
}
