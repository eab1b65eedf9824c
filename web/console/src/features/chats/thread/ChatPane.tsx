import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { post } from '@api/client';
import type { ChatSummary, HumanOverride, Message } from '@api/schema';
import { useSession } from '@/live/session';
import { useKeys } from '@/ui/keys';
import { Skeleton, Trouble } from '@/ui/States';
import { toast, toastProblem } from '@/ui/toast';
import { useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { Trace } from '../trace/Trace';
import { words } from '../words';
import { Attempts } from './Attempts';
import { ChatHead } from './ChatHead';
import { Composer } from './Composer';
import type { Conversation } from './conversation';
import { isWaiting } from './Status';
import { Thread, type ThreadActions } from './Thread';

interface ChatPaneProps {
  conversation: Conversation;
  chat: ChatSummary | undefined;
  onPatch: (change: Partial<ChatSummary>) => void;
  onRefresh: () => void;
  onDetails: () => void;
  details: boolean;
}

/** One open chat. Mounted anew for each, so nothing of one chat leaks into another. */
export function ChatPane({ conversation, chat, onPatch, onRefresh, onDetails, details }: ChatPaneProps) {
  const w = useWords(words);
  const { session } = useSession();
  const view = useSyncExternalStore(conversation.subscribe, conversation.getSnapshot);
  const now = useNow(15_000);
  const mayAnswer = session.operator.role !== 'viewer';
  const [quoted, setQuoted] = useState<Message | null>(null);
  const [editing, setEditing] = useState<Message | null>(null);
  const [attemptsOf, setAttemptsOf] = useState<Message | null>(null);
  const [traceOf, setTraceOf] = useState<Message | null>(null);
  const [handedBack, setHandedBack] = useState<{ text: string } | null>(null);
  const [locking, setLocking] = useState(false);

  const known = chat !== undefined;
  const channel = chat?.channel_source ?? '';
  useEffect(() => {
    if (known) conversation.opened(chat.unread_count, channel);
    // The unread count at the moment of opening matters, not what it becomes.
  }, [conversation, known, channel]);

  const actions = useMemo<ThreadActions>(() => ({
    reply: setQuoted,
    edit: setEditing,
    act: (message, action) => void conversation.act(message.id, action).catch(toastProblem),
    showAttempts: setAttemptsOf,
    showTrace: setTraceOf,
    again: (key) => conversation.again(key),
    takeBack: (key) => setHandedBack({ text: conversation.takeBack(key)?.text ?? '' }),
    discard: (key) => void conversation.takeBack(key),
  }), [conversation]);

  const seen = useCallback(() => {
    void conversation.markRead().then((unread) => unread !== null && onPatch({ unread_count: unread }));
  }, [conversation, onPatch]);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && seen();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [seen]);

  const lock = async (locked: boolean, takeOver = false) => {
    setLocking(true);
    try {
      const answer = await post<HumanOverride>(`/admin/conversations/${conversation.id}/human-override`, { locked, ...(takeOver ? { take_over: true } : {}) });
      onPatch({ is_locked: answer.locked, held_by: answer.held_by ?? null });
      toast({ title: locked ? w.taken : w.handedBack, action: { label: locked ? w.handBack : w.takeOver, run: () => void lock(!locked) } });
      onRefresh();
    } catch (error) {
      toastProblem(error);
    } finally {
      setLocking(false);
    }
  };

  useKeys({
    r: () => {
      setQuoted(view.messages.findLast((message) => message.sender === 'user') ?? null);
      document.getElementById('composer')?.focus();
    },
    t: () => chat && mayAnswer && void lock(!chat.is_locked),
  });

  const windowClosed = chat?.window_expires_at != null && Date.parse(chat.window_expires_at) <= now;
  return (
    <section aria-label={chat?.display_name ?? w.messages} className="pane h-full">
      <ChatHead chat={chat} me={session.operator.name} mayAnswer={mayAnswer} busy={locking} onLock={(locked, over) => void lock(locked, over)} onDetails={onDetails} details={details} />
      {view.phase === 'loading' && view.messages.length === 0 && <div className="min-h-0 flex-1 bg-canvas"><Skeleton rows={6} className="h-16 w-3/5 odd:justify-self-end" /></div>}
      {view.phase === 'failed' && <Trouble error={view.error} onRetry={() => void conversation.refresh().catch(() => {})} />}
      {view.phase === 'ready' && <Thread conversation={conversation} view={view} actions={actions} onSeen={seen} />}
      {!mayAnswer && <p className="border-t border-line bg-surface px-4 py-3 text-center text-sm text-ink-2">{w.readOnly}</p>}
      {mayAnswer && view.phase !== 'failed' && (
        <Composer
          draftName={`draft:${session.operator.id}:${conversation.id}`} windowClosed={windowClosed} quoted={quoted} editing={editing} handedBack={handedBack}
          onStopQuote={() => setQuoted(null)} onStopEdit={() => setEditing(null)}
          onSend={(text) => {
            conversation.send(text, quoted?.id ?? null);
            setQuoted(null);
          }}
          onSave={(text) => {
            if (editing) void conversation.act(editing.id, { message: text }).catch(toastProblem);
            setEditing(null);
          }}
          onEditLast={() => setEditing(view.messages.findLast((message) => message.sender === 'agent' && isWaiting(message)) ?? null)}
        />
      )}
      {attemptsOf && <Attempts message={attemptsOf} onClose={() => setAttemptsOf(null)} />}
      {traceOf && <Trace message={traceOf} onClose={() => setTraceOf(null)} />}
    </section>
  );
}
