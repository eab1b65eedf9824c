import { useQuery } from '@tanstack/react-query';
import { PencilLine } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { get } from '@api/client';
import type { Colleague } from '@api/schema';
import { useSession } from '@/live/session';
import { useWords } from '@/ui/words';
import { words } from '../words';
import { typing } from './typing';

/** Says above the composer that a colleague is writing in the same chat, so that no customer gets two answers. */
export function ColleagueTyping({ conversationId }: { conversationId: string }) {
  const w = useWords(words);
  const { session } = useSession();
  const id = useSyncExternalStore(typing.subscribe, () => typing.colleague(conversationId, session.operator.id));
  const { data } = useQuery({ queryKey: ['colleagues'], queryFn: () => get<Colleague[]>('/admin/colleagues'), enabled: id !== null, staleTime: 60_000 });
  const name = data?.find((colleague) => colleague.id === id)?.name;
  return (
    <div role="status" data-testid="colleague-typing" className="text-xs text-warn">
      {id && name && <p className="flex items-center gap-1.5 border-t border-line bg-warn-soft px-4 py-1.5"><PencilLine aria-hidden className="size-3.5 shrink-0" />{w.alsoWriting(name)}</p>}
    </div>
  );
}
