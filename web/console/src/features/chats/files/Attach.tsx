import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { usePreferences } from '@/ui/preferences';
import { Tip } from '@/ui/Tip';
import { useWords } from '@/ui/words';
import { sizeText, type MediaLimit } from './limits';
import { words } from './words';

interface AttachProps {
  limits: readonly MediaLimit[] | null;
  onFiles: (files: File[]) => void;
}

/** Chooses files; tells beforehand what the channel takes. */
export function Attach({ limits, onFiles }: AttachProps) {
  const w = useWords(words);
  const { language } = usePreferences();
  const input = useRef<HTMLInputElement>(null);
  const taken = (limits ?? []).filter((limit) => limit.kind !== 'sticker');
  const hint = taken.map((limit) => `${w[`kind_${limit.kind}` as 'kind_image'] ?? limit.kind} ${w.upTo(sizeText(limit.max_bytes, language))}`).join(' · ');
  return (
    <>
      <Tip text={hint ? `${w.attach}. ${w.limits}: ${hint}` : w.attach}>
        <button type="button" data-testid="attach" aria-label={w.attach} disabled={limits?.length === 0} onClick={() => input.current?.click()}
          className="grid size-9 shrink-0 place-items-center rounded-xl text-ink-2 transition-colors hover:bg-surface-3 hover:text-ink disabled:text-ink-3">
          <Paperclip aria-hidden className="size-4.5" />
        </button>
      </Tip>
      <input
        ref={input} type="file" multiple hidden tabIndex={-1} data-testid="file-input"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
