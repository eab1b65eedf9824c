import { RotateCw, SendHorizontal, Square, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Problem } from '@api/client';
import { toast } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { Player } from '../files/Player';
import type { UnsentFile } from '../thread/unsent';
import { peaksOf } from './peaks';
import { Recording, type Recorded } from './recording';
import { Waveform } from './Waveform';
import { words } from './words';

interface VoiceNoteProps {
  /** Brings the recording to the server; rejects when it does not take it. */
  onBring: (file: File) => Promise<UnsentFile>;
  onSend: (files: UnsentFile[]) => void;
  onClose: () => void;
}

const longest = 15 * 60;
const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
const round = 'grid size-9 shrink-0 place-items-center rounded-xl transition-colors';

/** In the composer's place from the first sound until the voice note is sent or thrown away. */
export function VoiceNote({ onBring, onSend, onClose }: VoiceNoteProps) {
  const w = useWords(words);
  const [levels, setLevels] = useState<number[]>([]);
  const [recorded, setRecorded] = useState<Recorded | null>(null);
  const recording = useRef<Recording | null>(null);
  const refused = useRef(() => {});
  refused.current = () => {
    toast({ tone: 'bad', title: w.refused, text: w.refusedWhy });
    onClose();
  };

  useEffect(() => {
    let left = false;
    Recording.start((level) => setLevels((before) => [...before, level])).then(
      (begun) => (left ? begun.discard() : (recording.current = begun)),
      () => !left && refused.current(),
    );
    return () => {
      left = true;
      recording.current?.discard();
    };
  }, []);

  const stop = async () => {
    const running = recording.current;
    recording.current = null;
    if (running) setRecorded(await running.stop());
  };
  const seconds = recording.current?.seconds ?? 0;
  useEffect(() => {
    if (seconds > longest) void stop();
  });

  if (recorded) return <Review recorded={recorded} peaks={peaksOf(levels)} onBring={onBring} onSend={onSend} onClose={onClose} />;
  return (
    <div data-testid="voice-recording" className="flex items-center gap-2">
      <button type="button" aria-label={w.discard} title={w.discard} onClick={onClose} className={`${round} text-ink-2 hover:bg-bad-soft hover:text-bad`}><Trash2 aria-hidden className="size-4" /></button>
      <span role="status" className="flex items-center gap-2 text-sm font-medium"><span aria-hidden className="size-2.5 animate-[shimmer_0.7s_ease-in-out_infinite_alternate] rounded-full bg-bad" /><span className="sr-only">{w.recording}</span><span className="nums">{clock(seconds)}</span></span>
      <span className="min-w-0 flex-1"><Waveform peaks={[...Array.from({ length: Math.max(0, 60 - levels.length) }, () => 0), ...levels.slice(-60)]} /></span>
      <button type="button" data-testid="voice-stop" aria-label={w.stop} title={w.stop} autoFocus onClick={() => void stop()} className={`${round} bg-bad text-surface`}><Square aria-hidden className="size-3.5 fill-current" /></button>
    </div>
  );
}

function Review({ recorded, peaks, onBring, onSend, onClose }: VoiceNoteProps & { recorded: Recorded; peaks: readonly number[] }) {
  const w = useWords(words);
  const [url, setUrl] = useState<string | null>(null);
  const [state, setState] = useState<'ready' | 'bringing' | Problem>('ready');
  useEffect(() => {
    const address = URL.createObjectURL(recorded.file);
    setUrl(address);
    return () => URL.revokeObjectURL(address);
  }, [recorded]);
  const send = async () => {
    setState('bringing');
    try {
      const file = await onBring(recorded.file);
      onSend([file]);
      onClose();
    } catch (error) {
      setState(error instanceof Problem ? error : new Problem(0, 'unreachable', String(error)));
    }
  };
  const failed = typeof state === 'object' ? state : null;
  return (
    <div data-testid="voice-review" className="flex flex-wrap items-center gap-2">
      <button type="button" aria-label={w.discard} title={w.discard} onClick={onClose} className={`${round} text-ink-2 hover:bg-bad-soft hover:text-bad`}><Trash2 aria-hidden className="size-4" /></button>
      <span className="min-w-0 flex-1">{url && <Player url={url} seconds={recorded.seconds} label={w.yours} peaks={peaks} onBroken={() => {}} />}</span>
      {failed && <p role="alert" className="order-last w-full px-1 text-xs text-bad">{failed.message} {failed.nextStep}</p>}
      <button type="button" data-testid="voice-send" aria-label={failed ? w.again : w.send} title={failed ? w.again : w.send} aria-busy={state === 'bringing'} disabled={state === 'bringing'} onClick={() => void send()} autoFocus className={`${round} bg-accent text-accent-ink hover:bg-accent-strong disabled:opacity-60`}>
        {state === 'bringing' ? <span role="status" aria-label={w.sending} className="size-4 animate-[turn_0.8s_linear_infinite] rounded-full border-2 border-current border-r-transparent" />
          : failed ? <RotateCw aria-hidden className="size-4" /> : <SendHorizontal aria-hidden className="size-4" />}
      </button>
    </div>
  );
}
