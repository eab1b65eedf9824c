import { useState, type FormEvent } from 'react';
import { post, Problem } from '@api/client';
import type { Session } from '@api/schema';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { preferences, usePreferences } from '@/ui/preferences';
import { dictionary, useWords } from '@/ui/words';

const words = dictionary({
  title: ['Sign in', 'Iniciar sesión'],
  lead: ['Every conversation, one calm place.', 'Todas las conversaciones, un lugar tranquilo.'],
  email: ['Email', 'Correo electrónico'],
  password: ['Password', 'Contraseña'],
  enter: ['Sign in', 'Entrar'],
  other: ['Español', 'English'],
  unreachable: ['The server cannot be reached. Try again in a moment.', 'No se puede llegar al servidor. Probá de nuevo en un momento.'],
});

export function SignIn({ onEnter }: { onEnter: (session: Session) => void }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      onEnter(await post<Session>('/auth/sign-in', { email: form.get('email'), password: form.get('password') }));
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, 'unreachable', String(error)));
      setBusy(false);
    }
  };

  return (
    <main className="grid h-full place-items-center overflow-y-auto p-5">
      <div className="w-full max-w-sm">
        <header className="mb-7 text-center">
          <img src="/favicon.svg" alt="" className="mx-auto mb-4 size-14" />
          <h1 className="text-xl font-semibold tracking-tight">Chat Operator</h1>
          <p className="mt-1 text-ink-2">{w.lead}</p>
        </header>
        <form onSubmit={(event) => void submit(event)} aria-label={w.title} className="grid gap-4 rounded-2xl border border-line bg-surface p-6 shadow-float">
          <TextField label={w.email} name="email" type="email" autoComplete="username" required autoFocus data-testid="sign-in-email" />
          <TextField label={w.password} name="password" type="password" autoComplete="current-password" required data-testid="sign-in-password" />
          {problem && <p role="alert" data-testid="sign-in-problem" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">{problem.status === 0 ? w.unreachable : problem.message} {problem.status !== 0 && problem.nextStep}</p>}
          <Button type="submit" tone="primary" busy={busy} data-testid="sign-in-submit" className="mt-1 h-10">{w.enter}</Button>
        </form>
        <p className="mt-5 text-center">
          <button type="button" lang={language === 'es' ? 'en' : 'es'} onClick={() => preferences.set({ language: language === 'es' ? 'en' : 'es' })} className="rounded text-sm text-ink-2 underline-offset-4 hover:underline">{w.other}</button>
        </p>
      </div>
    </main>
  );
}
