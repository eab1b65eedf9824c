import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { Provider as TipProvider } from '@radix-ui/react-tooltip';
import { useEffect } from 'react';
import { get, onOutcome, Problem } from '@api/client';
import type { Session } from '@api/schema';
import { SignIn } from '@/features/sign-in/SignIn';
import { Trouble } from '@/ui/States';
import { Toasts } from '@/ui/toast';
import { Shell } from './Shell';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // Trying again helps against silence and overload, never against an answer such as 403.
      retry: (times, error) => times < 2 && error instanceof Problem && error.passing,
    },
  },
});

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <TipProvider delayDuration={350} skipDelayDuration={200}>
        <Gate />
        <Toasts />
      </TipProvider>
    </QueryClientProvider>
  );
}

/** Who is here: the sign-in page for a stranger, the shell for an operator. */
function Gate() {
  const { data, error, refetch } = useQuery({ queryKey: ['session'], queryFn: whoAmI, staleTime: Infinity });
  useEffect(() => onOutcome((problem) => problem?.status === 401 && queries.setQueryData(['session'], null)), []);

  const become = (session: Session | null) => {
    // Nothing of one operator may be left for the next one at the same screen.
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    queries.setQueryData(['session'], session);
  };
  if (error && !data) return <div className="grid h-full"><Trouble error={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return null;
  if (data === null) return <SignIn onEnter={become} />;
  return <Shell key={data.operator.id} session={data} onLeave={() => become(null)} />;
}

async function whoAmI(): Promise<Session | null> {
  try {
    return await get<Session>('/auth/me');
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}
