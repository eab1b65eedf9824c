import { useEffect, useSyncExternalStore } from 'react';
import { tell, unseen } from '@/live/alerts';
import { useSession } from '@/live/session';
import { preferences } from '@/ui/preferences';
import { go } from '@/ui/route';
import type { Desk } from './desk';
import { nameOf } from './list/row';
import { spoken } from './placeholder';
import { useAgentOn } from './useAgentOn';
import { words } from './words';

export const titled = (title: string, missed: number) => (missed > 0 ? `(${missed}) ${title}` : title);

/** Tells of new messages from wherever in the console the operator is; shows nothing itself. */
export function Alerts({ desk }: { desk: Desk }) {
  const { session: { operator } } = useSession();
  const agentOn = useAgentOn();
  const missed = useSyncExternalStore(unseen.subscribe, unseen.get);
  useEffect(() => {
    document.title = titled(document.title.replace(/^\(\d+\) /, ''), missed);
  }, [missed]);
  useEffect(() => {
    desk.onNews = (chat) => {
      const { language } = preferences.get();
      // A colleague's chat is theirs to hear.
      const forHuman = chat.is_locked ? !chat.held_by || chat.held_by === operator.name : agentOn(chat.platform_origin) === false;
      tell({ conversation: chat.id, name: nameOf(chat, words[language].unknownName), text: spoken(chat.last_message, language), forHuman }, () => go(`/chats/${chat.id}`));
    };
  }, [desk, agentOn, operator.name]);
  return null;
}
