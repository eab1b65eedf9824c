import { useWords } from '@/ui/words';
import { words } from './words';

const tones: Record<string, string> = { GREEN: 'bg-good', YELLOW: 'bg-warn', RED: 'bg-bad' };

/** The network's judgement of how people take a template, as a dot that says its word. */
export function Quality({ quality, spelled }: { quality: string | null | undefined; spelled?: boolean }) {
  const w = useWords(words);
  if (!quality) return spelled ? <>{w.nothing}</> : null;
  const word = quality === 'GREEN' || quality === 'YELLOW' || quality === 'RED' ? w[quality] : quality;
  return (
    <span className="inline-flex items-center gap-1.5" title={`${w.quality}: ${word}`}>
      <span aria-hidden className={`size-2 rounded-full ${tones[quality] ?? 'bg-line-strong'}`} /><span className={spelled ? '' : 'sr-only'}>{spelled ? word : `${w.quality}: ${word}`}</span>
    </span>
  );
}
