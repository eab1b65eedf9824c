import { Bot } from 'lucide-react';
import { memo, useContext, useState } from 'react';
import type { Message } from '@api/schema';
import { usePreferences } from '@/ui/preferences';
import { clock, full } from '@/ui/time';
import { useWords } from '@/ui/words';
import { useSpoken } from '../placeholder';
import { words } from '../words';
import type { ThreadActions } from './actions';
import { BubbleMenu } from './BubbleMenu';
import { Content } from './Content';
import type { Item, Quoted } from './items';
import { Status } from './Status';
import { FailedReaction, Reactable, ReactionMenu, Reactions, takesReaction } from './Reactions';
import { useLongPress } from './useLongPress';
import { ShortWait, Waiting } from './Waiting';

export const tones = {
  contact: 'bg-surface border-line',
  operator: 'bg-said border-said-line',
  echo: 'bg-said border-said-line border-dashed',
  agent: 'bg-agent-soft border-agent-line',
  system: 'bg-surface-2 border-line',
};

/** One thing said. */
interface BubbleProps {
  item: Item & { kind: 'message' };
  actions: ThreadActions;
  /** Somebody has just jumped here. */
  lit: boolean;
  /** Its trace is open beside it. */
  traced: boolean;
}

export const Bubble = memo(function Bubble({ item, actions, lit, traced }: BubbleProps) {
  const { message } = item;
  if (message.type === 'system' || message.author.kind === 'system') return <Line message={message} />;
  if (message.type === 'reaction') return <FailedReaction message={message} actions={actions} />;
  return <Said item={item} actions={actions} lit={lit} traced={traced} />;
});

function Said({ item, actions, lit, traced }: BubbleProps) {
  const w = useWords(words);
  const { language } = usePreferences();
  const { message, quoted, head, tail, behind } = item;
  const [reacting, setReacting] = useState(false);
  const press = useLongPress(useContext(Reactable) && takesReaction(message) ? () => setReacting(true) : null);
  const ours = message.sender === 'agent';
  const dead = message.status === 'cancelled' || message.status === 'withdrawn';
  return (
    <div className={`group flex items-end gap-1 px-4 ${ours ? 'flex-row-reverse' : ''} ${message.reactions?.length ? 'pb-4.5' : tail ? 'pb-2.5' : 'pb-0.5'}`}>
      <article
        {...press}
        onClick={(event) => opensTrace(event) && actions.showTrace(message)} title={w.showTrace}
        data-testid="bubble" data-message={message.id} data-status={message.status} data-author={message.author.kind}
        className={`relative max-w-[min(34rem,82%)] min-w-20 cursor-pointer rounded-2xl border px-3 py-2 shadow-lift transition-shadow ${lit || traced ? 'ring-2 ring-accent' : ''} ${dead ? 'border-dashed border-line-strong bg-surface-2' : tones[message.author.kind]}
          ${ours ? `${tail ? 'rounded-br-md' : ''}` : `${tail ? 'rounded-bl-md' : ''}`}`}
      >
        {head && <Author message={message} />}
        {(quoted || message.reply_to) && <Quote message={quoted} id={message.reply_to} actions={actions} />}
        {message.deleted_at ? <em className="text-ink-3">{w.deleted}</em> : <span className={dead ? 'text-ink-2 line-through' : ''}><Content message={message} /></span>}
        <footer className="nums mt-0.5 flex items-center justify-end gap-1.5 text-2xs text-ink-2">
          {message.held && message.status === 'queued' && <span data-testid="held" className="text-warn">{w.waitsForThem}</span>}
          {ours && message.status === 'queued' && <ShortWait message={message} actions={actions} behind={behind} />}
          {message.forwarded && <span>{w.forwarded}</span>}
          {message.edits && message.edits.length > 0 && <span>{w.edited}</span>}
          <time dateTime={message.timestamp} title={full(message.timestamp, language)}>{clock(message.timestamp, language)}</time>
          {ours && <Status status={message.status} notBefore={message.not_before} />}
        </footer>
        {ours && message.status === 'queued' && <Waiting message={message} actions={actions} />}
        {message.status === 'withdrawn' && <p className="mt-1 text-right text-xs"><button type="button" className="font-semibold text-accent underline underline-offset-2" onClick={() => actions.reuse(message)}>{w.reuse}</button></p>}
        {message.error && message.status === 'failed' && <Failure message={message} actions={actions} />}
        <Reactions message={message} />
      </article>
      <BubbleMenu message={message} actions={actions} />
      <ReactionMenu message={message} actions={actions} open={reacting} onOpen={setReacting} />
    </div>
  );
}

function Author({ message }: { message: Message }) {
  const w = useWords(words);
  const { kind, name } = message.author;
  if (kind === 'contact' || (!name && kind === 'operator')) return null;
  if (kind === 'agent') return <p className="mb-0.5 flex items-center gap-1 text-2xs font-semibold text-agent"><Bot aria-hidden className="size-3.5" />{name || w.agent}</p>;
  return <p className="mb-0.5 text-2xs font-semibold text-accent-strong">{[name, kind === 'echo' ? w.echo : null].filter(Boolean).join(' · ')}</p>;
}

/** A click on a bubble opens its trace, unless it was meant for something in it, or marks its words. */
function opensTrace(event: React.MouseEvent): boolean {
  const inner = (event.target as HTMLElement).closest('a, button, audio, video, input, [role=button]');
  return !inner && (getSelection()?.toString() ?? '') === '';
}

export function Quote({ message, id, actions }: { message: Quoted | null; id: number | null | undefined; actions: ThreadActions }) {
  const w = useWords(words);
  const spoken = useSpoken();
  const target = message?.id ?? id;
  return (
    <button type="button" onClick={() => target && actions.jump(target)} className="mb-1 block w-full rounded-lg border-l-2 border-accent bg-surface-3/70 px-2.5 py-1 text-left text-xs text-ink-2">
      <span className="line-clamp-2 break-words">{message ? spoken(message.content) : w.quoteMissing}</span>
    </button>
  );
}

function Failure({ message, actions }: { message: Message; actions: ThreadActions }) {
  const w = useWords(words);
  const { error } = message;
  return (
    <div className="mt-1.5 rounded-lg bg-bad-soft px-2.5 py-2 text-xs text-bad">
      <p className="font-medium">{error!.message}</p>
      {error!.next_step && <p className="mt-0.5 text-ink-2">{error!.next_step}</p>}
      <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
        <button type="button" className="font-semibold underline underline-offset-2" onClick={() => actions.act(message, 'retry')}>{w.retry}</button>
        {message.type === 'text' && <button type="button" className="font-semibold underline underline-offset-2" onClick={() => actions.reuse(message)}>{w.takeBack}</button>}
        <button type="button" className="text-ink-2 underline underline-offset-2" onClick={() => actions.diagnose()}>{w.check}</button>
        <button type="button" className="text-ink-2 underline underline-offset-2" onClick={() => actions.showAttempts(message)}>{w.rawError}</button>
      </p>
    </div>
  );
}

function Line({ message }: { message: Message }) {
  const { language } = usePreferences();
  return (
    <p data-testid="bubble" data-message={message.id} data-author="system" className="mx-auto max-w-md px-4 py-1.5 text-center text-xs text-ink-3">
      {message.content} · <time dateTime={message.timestamp}>{clock(message.timestamp, language)}</time>
    </p>
  );
}
