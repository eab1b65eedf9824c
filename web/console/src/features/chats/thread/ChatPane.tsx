import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ChatSummary, Message } from '@api/schema';
import { Confirm } from '@/ui/Confirm';
import { useSession } from '@/live/session';
import { fillingOf } from '@/snippets/snippet';
import { useKeys } from '@/ui/keys';
import { Skeleton, Trouble } from '@/ui/States';
import { go } from '@/ui/route';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { Diagnosis } from '../contact/Diagnosis';
import { AgentBar } from '../hold/AgentBar';
import { colleagueOf } from '../hold/colleague';
import { useAgentState } from '../hold/useAgentState';
import { useHold, useOverride } from '../hold/useOverride';
import { Drop } from '../files/Drop';
import { useMediaLimits } from '../files/limits';
import { Uploads } from '../files/uploads';
import { Reschedule } from '../schedule/Reschedule';
import { useAccountPaused } from '../useAccountNames';
import { words } from '../words';
import type { ThreadActions } from './actions';
import { Attempts } from './Attempts';
import { ChatHead } from './ChatHead';
import { ColleagueTyping } from './ColleagueTyping';
import { Composer } from './Composer';
import type { Conversation } from './conversation';
import { FindBar } from './FindBar';
import { ClosedComposer } from '../window/ClosedComposer';
import { useReplyWindow } from '../window/useReplyWindow';
import { WindowStrip } from '../window/WindowStrip';
import { canReword } from './Status';
import { Reactable, takesReaction, useReactable } from './Reactions';
import { Thread } from './Thread';
import { typing } from './typing';
import type { UnsentFile } from './unsent';
import { useChatCommands } from './useChatCommands';
import type { Jump } from './useJump';
import { AccountPaused } from './Waiting';

/** What the composer hands over. */
interface Said {
  text: string;
  files: UnsentFile[];
  notBefore: Date | null;
}

interface ChatPaneProps {
  conversation: Conversation;
  chat: ChatSummary | undefined;
  onPatch: (change: Partial<ChatSummary>) => void;
  onRefresh: () => void;
  onDetails: () => void;
  details: boolean;
  /** The message whose trace is open beside the chat. */
  traced: number | null;
}

/** One open chat. Mounted anew for each, so nothing of one chat leaks into another. */
export function ChatPane({ conversation, chat, onPatch, onRefresh, onDetails, details, traced }: ChatPaneProps) {
  const w = useWords(words);
  const { session } = useSession();
  const view = useSyncExternalStore(conversation.subscribe, conversation.getSnapshot);
  const mayAnswer = session.operator.role !== 'viewer';
  const [quoted, setQuoted] = useState<Message | null>(null);
  const [editing, setEditing] = useState<Message | null>(null);
  const [attemptsOf, setAttemptsOf] = useState<Message | null>(null);
  const [holding, setHolding] = useState(false);
  const [postponing, setPostponing] = useState<Message | null>(null);
  const [jump, setJump] = useState<Jump | null>(() => (traced ? { message: traced } : null));
  const [diagnosing, setDiagnosing] = useState<'agent' | 'send' | null>(null);
  const [handedBack, setHandedBack] = useState<{ text: string } | null>(null);
  const [finding, setFinding] = useState(false);
  const [asking, setAsking] = useState<Said | null>(null);
  const [uploads] = useState(() => new Uploads(conversation.id, undefined, `draft-files:${session.operator.id}:${conversation.id}`));
  useEffect(() => () => uploads.close(), [uploads]);
  const limits = useMediaLimits(chat?.platform_origin);
  const agent = useAgentState(conversation.id);
  const changed = useCallback((change: Partial<ChatSummary>) => {
    onPatch(change);
    onRefresh();
  }, [onPatch, onRefresh]);
  const override = useOverride(conversation.id, changed);

  const known = chat !== undefined;
  const channel = chat?.channel_source ?? '';
  useEffect(() => {
    if (known) conversation.opened(chat.unread_count, channel);
    // The unread count at the moment of opening matters, not what it becomes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [conversation, known, channel]);

  const actions = useMemo<ThreadActions>(() => ({
    reply: setQuoted,
    react: (message, emoji) => void conversation.react(message.id, emoji).catch(toastProblem),
    edit: setEditing,
    act: (message, action) => void conversation.act(message.id, action).catch(toastProblem),
    reschedule: setPostponing,
    showAttempts: setAttemptsOf,
    showTrace: (message) => go(`/chats/${conversation.id}${location.pathname.endsWith(`/trace/${message.id}`) ? '' : `/trace/${message.id}`}`),
    jump: (message) => setJump({ message }),
    reuse: (message) => setHandedBack({ text: message.content }),
    diagnose: () => setDiagnosing('send'),
    again: (key) => conversation.again(key),
    takeBack: (key) => {
      const back = conversation.takeBack(key);
      setHandedBack({ text: back?.text ?? '' });
      uploads.adopt(back?.files ?? []);
    },
    discard: (key) => void conversation.takeBack(key),
    takeOverAndSend: (key) => conversation.again(key, { takeOver: true }),
  }), [conversation, uploads]);

  const seen = useCallback(() => {
    void conversation.markRead().then((unread) => unread !== null && onPatch({ unread_count: unread }));
  }, [conversation, onPatch]);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && seen();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [seen]);

  useKeys({
    r: () => {
      setQuoted(view.messages.findLast((message) => message.sender === 'user') ?? null);
      document.getElementById('composer')?.focus();
    },
    e: () => {
      const target = view.messages.findLast((message) => message.sender === 'user' && takesReaction(message));
      // Radix opens its menus on pointer and keys, not on clicks.
      document.querySelector<HTMLElement>(`[data-react="${target?.id}"]`)?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    },
    t: () => chat && mayAnswer && void (chat.is_locked ? override.handBack() : override.take()),
    f: () => setFinding(true),
    Escape: () => traced !== null && go(`/chats/${conversation.id}`),
  });

  const paused = useAccountPaused()(chat?.platform_origin ?? '');
  useChatCommands(chat, mayAnswer, { override, onDetails, onDiagnose: setDiagnosing, onFind: () => setFinding(true) });
  const missing = useCallback(() => toast({ title: w.jumpFailed }), [w]);
  const draft = useCallback((text: string) => setHandedBack({ text }), []);
  const window = useReplyWindow(chat);
  const closed = window.closed && !editing;
  const emojis = useReactable(chat?.platform_origin);
  const reactable = mayAnswer && !window.closed ? emojis : null;
  // While the picker stands in the composer's place there is nothing that could take a file.
  const writes = mayAnswer && !editing && (!closed || holding || !window.templates);
  const colleague = colleagueOf(chat, window.detail, session.operator);
  const say = ({ text, files, notBefore }: Said, takeOver = false) => {
    conversation.send(text, quoted?.id ?? null, files, {
      ...(closed ? { hold: true } : {}), ...(notBefore ? { notBefore: notBefore.toISOString() } : {}), ...(takeOver ? { takeOver } : {}),
    });
    setQuoted(null);
  };
  // Nobody takes a chat from a colleague by the way.
  const wish = (said: Said) => (colleague ? setAsking(said) : say(said));
  const composer = (
    <Composer
      draftName={`draft:${session.operator.id}:${conversation.id}`} windowClosed={closed} quoted={quoted} editing={editing} handedBack={handedBack}
      filling={fillingOf(chat, session.operator.name)}
      onTyping={() => typing.tell(conversation.id)}
      onStopQuote={() => setQuoted(null)} onStopEdit={() => setEditing(null)}
      uploads={uploads} limits={limits} until={window.until}
      onSend={(text, files, notBefore) => wish({ text, files, notBefore })}
      onSave={(text) => {
        if (editing) void conversation.act(editing.id, { message: text }).catch(toastProblem);
        setEditing(null);
      }}
      onEditLast={() => setEditing(view.messages.findLast((message) => message.sender === 'agent' && canReword(message)) ?? null)}
    />
  );
  return (
    <Drop aria-label={chat?.display_name ?? w.messages} className="pane relative h-full" onFiles={writes ? (files) => uploads.add(files, limits) : null}>
      <ChatHead chat={chat} mayAnswer={mayAnswer} agent={agent} override={override} onDetails={onDetails} details={details} />
      {finding && <FindBar conversation={conversation} onFound={(message) => setJump({ message })} onClose={() => setFinding(false)} />}
      {view.phase === 'loading' && view.messages.length === 0 && <div className="min-h-0 flex-1 bg-canvas"><Skeleton rows={6} className="h-16 w-3/5 odd:justify-self-end" /></div>}
      {view.phase === 'failed' && <Trouble error={view.error} onRetry={() => void conversation.refresh().catch(() => {})} />}
      {view.phase === 'ready' && (
        <AccountPaused value={paused}><Reactable value={reactable}><Thread conversation={conversation} view={view} actions={actions} onSeen={seen} jump={jump} onMissing={missing} traced={traced} /></Reactable></AccountPaused>
      )}
      {mayAnswer && chat && agent && <Doing chat={chat} agent={agent} override={override} onChange={changed} onDraft={draft} onWhy={() => setDiagnosing('agent')} />}
      {!mayAnswer && <p className="border-t border-line bg-surface px-4 py-3 text-center text-sm text-ink-2">{w.readOnly}</p>}
      {mayAnswer && <WindowStrip left={window.left} />}
      {mayAnswer && <ColleagueTyping conversationId={conversation.id} />}
      {mayAnswer && view.phase !== 'failed' && (chat && closed
        ? <ClosedComposer chat={chat} detail={window.detail} templates={window.templates} neverWrote={window.neverWrote} holding={holding} onHold={setHolding} onSent={() => void conversation.refresh().catch(() => {})}>{composer}</ClosedComposer>
        : composer)}
      {asking && colleague && (
        <Confirm
          title={w.lockedBy(colleague)} action={w.takeOverAndSend}
          onConfirm={() => { say(asking, true); setAsking(null); }}
          onClose={() => { setHandedBack({ text: asking.text }); uploads.adopt(asking.files); setAsking(null); }}
        >
          <p>{w.sendTakesOver(colleague)}</p>
        </Confirm>
      )}
      {postponing && (
        <Reschedule
          until={window.until} onClose={() => setPostponing(null)}
          onPick={(at) => {
            void conversation.act(postponing.id, { not_before: at.toISOString() }).catch(toastProblem);
            setPostponing(null);
          }}
        />
      )}
      {attemptsOf && <Attempts message={attemptsOf} onClose={() => setAttemptsOf(null)} />}
      {diagnosing && <Diagnosis of={diagnosing} conversationId={conversation.id} onClose={() => setDiagnosing(null)} />}
    </Drop>
  );
}

function Doing({ chat, ...bar }: Omit<Parameters<typeof AgentBar>[0], 'conversationId' | 'hold'> & { chat: ChatSummary }) {
  return <AgentBar conversationId={chat.id} hold={useHold(chat)} {...bar} />;
}
