import { Check, Mic, SendHorizontal, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Message } from '@api/schema';
import { type Filling } from '@/snippets/snippet';
import { SnippetMenu } from '@/snippets/SnippetMenu';
import { useSlash } from '@/snippets/useSlash';
import { IconButton } from '@/ui/Button';
import { keep, kept } from '@/ui/keep';
import { useWords } from '@/ui/words';
import { Attach } from '../files/Attach';
import { SendLater } from '../schedule/SendLater';
import type { MediaLimit } from '../files/limits';
import { Tray } from '../files/Tray';
import type { Uploads } from '../files/uploads';
import { words as fileWords } from '../files/words';
import { canRecord } from '../voice/recording';
import { VoiceNote } from '../voice/VoiceNote';
import { words as voiceWords } from '../voice/words';
import { useSpoken } from '../placeholder';
import { words } from '../words';
import type { UnsentFile } from './unsent';

interface ComposerProps {
  /** Where the draft is kept, one per operator and chat. */
  draftName: string;
  windowClosed: boolean;
  quoted: Message | null;
  editing: Message | null;
  onStopQuote: () => void;
  onStopEdit: () => void;
  uploads: Uploads;
  /** What files the channel takes; null while that is not known. */
  limits: readonly MediaLimit[] | null;
  /** @param notBefore A later moment, when one was chosen. */
  onSend: (text: string, files: UnsentFile[], notBefore: Date | null) => void;
  /** When free text ends for this person; null: never. */
  until: number | null;
  onSave: (text: string) => void;
  onTyping: () => void;
  /** ↑ in an empty composer. */
  onEditLast: () => void;
  /** Text handed back from a message that did not go out; a new object each time. */
  handedBack: { text: string } | null;
  /** What a snippet's placeholders stand for in this chat. */
  filling: Filling;
}

export function Composer({ draftName, windowClosed, quoted, editing, onStopQuote, onStopEdit, onSend, onSave, onTyping, onEditLast, handedBack, uploads, limits, until, filling }: ComposerProps) {
  const w = useWords(words);
  const f = useWords(fileWords);
  const v = useWords(voiceWords);
  const spoken = useSpoken();
  const box = useRef<HTMLTextAreaElement>(null);
  const files = useSyncExternalStore(uploads.subscribe, uploads.getSnapshot);
  const [draft, setDraft] = useState(() => kept(draftName, ''));
  const [edited, setEdited] = useState('');
  const text = editing ? edited : draft;

  const write = (next: string) => {
    if (editing) return setEdited(next);
    setDraft(next);
    if (next) onTyping();
    keep(draftName, next || null);
  };

  const slash = useSlash(box, text, write, filling, !editing);

  useEffect(() => {
    if (editing) setEdited(editing.content);
    if (editing || quoted) box.current?.focus();
  }, [editing, quoted]);

  useEffect(() => {
    if (!handedBack) return;
    setDraft((before) => [before.trimEnd(), handedBack.text].filter(Boolean).join('\n'));
    box.current?.focus();
  }, [handedBack]);

  // As high as its words, up to a third of the screen.
  useLayoutEffect(() => {
    const element = box.current!;
    element.style.height = '0';
    element.style.height = `${Math.min(element.scrollHeight, Math.round(innerHeight / 3))}px`;
  }, [text]);

  const [recording, setRecording] = useState(false);
  const mayRecord = !editing && text === '' && files.length === 0 && (limits?.some((limit) => limit.kind === 'audio') ?? false) && canRecord();
  const coming = !editing && files.some((item) => item.state === 'uploading');
  const ready = !editing && files.some((item) => item.state === 'ready');
  const sendable = !coming && (text.trim() !== '' || ready);

  const submit = (notBefore: Date | null = null) => {
    if (!sendable) return;
    if (editing) onSave(text);
    else {
      onSend(text.trim(), uploads.take(), notBefore);
      write('');
    }
    box.current?.focus();
  };

  const press = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    // Enter that chooses a word in an input method (Japanese, predictive text) must not send.
    if (event.nativeEvent.isComposing || slash.press(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape') {
      if (editing) onStopEdit();
      else if (quoted) onStopQuote();
      else event.currentTarget.blur();
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      onEditLast();
    }
  };

  const paste = (event: React.ClipboardEvent) => {
    if (editing || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files, limits);
  };

  const above = editing ?? quoted;
  return (
    <form
      onSubmit={(event) => { event.preventDefault(); submit(); }}
      className="shrink-0 border-t border-line bg-surface px-3 pt-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))] sm:px-4"
    >
      <div className="mx-auto max-w-4xl">
        {above && (
          <div className="mb-2 flex items-center gap-2 rounded-lg border-l-2 border-accent bg-surface-3 py-1.5 pr-1.5 pl-3 text-xs">
            <p className="min-w-0 flex-1"><span className="font-semibold text-accent">{editing ? w.editing : w.replyTo}</span><span className="block truncate text-ink-2">{spoken(above.content)}</span></p>
            <button type="button" aria-label={editing ? w.stopEdit : w.stopReply} onClick={editing ? onStopEdit : onStopQuote} className="rounded-md p-1 text-ink-2 hover:bg-line"><X aria-hidden className="size-4" /></button>
          </div>
        )}
        {!editing && files.length > 0 && <Tray list={files} uploads={uploads} />}
        {recording && (
          <div className="rounded-2xl border border-line-strong bg-surface p-1.5">
            <VoiceNote onBring={(file) => uploads.bringVoice(file)} onSend={(voice) => onSend('', voice, null)} onClose={() => { setRecording(false); requestAnimationFrame(() => box.current?.focus()); }} />
          </div>
        )}
        <div className={`relative flex items-end gap-1 rounded-2xl border border-line-strong bg-surface p-1.5 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent ${recording ? 'hidden' : ''}`}>
          {slash.menu && <SnippetMenu {...slash.menu} />}
          {!editing && <Attach limits={limits} onFiles={(chosen) => uploads.add(chosen, limits)} />}
          <textarea
            ref={box} id="composer" data-testid="composer" rows={1} dir="auto" value={text} onChange={(event) => { write(event.target.value); slash.look(); }} onSelect={slash.look} onKeyDown={press} onPaste={paste} {...slash.wiring}
            placeholder={windowClosed ? w.writeClosed : w.write} aria-label={w.write}
            className="max-h-[33vh] min-h-9 min-w-0 flex-1 resize-none bg-transparent px-1.5 py-2 leading-5 outline-none placeholder:text-ink-3"
          />
          {mayRecord && <IconButton label={v.record} data-testid="record-voice" className="!rounded-xl" onClick={() => setRecording(true)}><Mic aria-hidden /></IconButton>}
          {!editing && !windowClosed && (!mayRecord || sendable) && <SendLater disabled={!sendable} until={until} onPick={submit} />}
          <button
            type="submit" data-testid="send" aria-label={editing ? w.save : w.send} title={coming ? f.waitingUpload : undefined} disabled={!sendable}
            className="grid size-9 shrink-0 place-items-center rounded-xl bg-accent text-accent-ink transition-colors hover:bg-accent-strong disabled:bg-surface-3 disabled:text-ink-3"
          >
            {editing ? <Check aria-hidden className="size-4" /> : <SendHorizontal aria-hidden className="size-4" />}
          </button>
        </div>
        <p className="mt-1 hidden px-1 text-2xs text-ink-3 sm:block">{w.keysNote}</p>
      </div>
    </form>
  );
}
