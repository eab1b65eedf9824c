import { Pause, Play } from 'lucide-react';
import { useRef, useState } from 'react';
import { useWords } from '@/ui/words';
import { usePeaks } from '../voice/peaks';
import { Waveform } from '../voice/Waveform';
import { words } from './words';

const speeds = [1, 1.5, 2];

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** A sound of half a second is one second long, not none. */
const lengthText = (seconds: number) => clock(seconds > 0 ? Math.max(1, Math.round(seconds)) : 0);

interface PlayerProps {
  url: string;
  seconds: number | null;
  label: string;
  /** A voice note: short, and shown by its waveform. */
  voice?: boolean;
  /** Its waveform, where that is known already. */
  peaks?: readonly number[];
  onBroken: () => void;
}

/** Plays a voice note or a song. Its length is known before the bytes come. */
export function Player({ url, seconds, label, voice = false, peaks: known, onBroken }: PlayerProps) {
  const w = useWords(words);
  const sound = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds ?? 0);
  const [speed, setSpeed] = useState(1);
  const read = usePeaks(url, voice);
  const peaks = known ?? read;
  const toggle = () => void (playing ? sound.current?.pause() : sound.current?.play().catch(onBroken));
  const faster = () => {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length]!;
    setSpeed(next);
    if (sound.current) sound.current.playbackRate = next;
  };
  return (
    <span data-testid="player" className="flex w-72 max-w-full items-center gap-2 rounded-lg bg-surface-3 p-2">
      <button type="button" onClick={toggle} aria-label={`${playing ? w.pause : w.play}: ${label}`} className="grid size-9 shrink-0 place-items-center rounded-full bg-accent text-accent-ink hover:bg-accent-strong">
        {playing ? <Pause aria-hidden className="size-4" /> : <Play aria-hidden className="size-4 translate-x-px" />}
      </button>
      <span className="min-w-0 flex-1">
        <span className="relative block h-6">
          {peaks && <Waveform peaks={peaks} share={length > 0 ? at / length : 0} className="absolute inset-0" />}
          <input type="range" min={0} max={Math.max(length, 0.1)} step={0.1} value={Math.min(at, length)} aria-label={`${w.position}: ${label}`} aria-valuetext={clock(at)} className={`absolute inset-0 block h-full w-full accent-(--color-accent) ${peaks ? 'cursor-pointer opacity-0 focus-visible:opacity-40' : ''}`}
          onChange={(event) => {
            setAt(event.target.valueAsNumber);
            if (sound.current) sound.current.currentTime = event.target.valueAsNumber;
          }} />
        </span>
        <span className="nums flex justify-between text-2xs text-ink-2"><span>{label}</span><span data-testid="duration">{playing || at > 0 ? clock(at) : lengthText(length)}</span></span>
      </span>
      <button type="button" onClick={faster} aria-label={`${w.speed}: ${speed}×`} className="nums w-9 shrink-0 rounded-md py-1 text-2xs font-semibold text-ink-2 hover:bg-line">{speed}×</button>
      <audio
        ref={sound} src={url} preload="none" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onError={onBroken}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)} onEnded={() => setAt(0)}
        onLoadedMetadata={(event) => Number.isFinite(event.currentTarget.duration) && setLength(event.currentTarget.duration)}
      />
    </span>
  );
}
