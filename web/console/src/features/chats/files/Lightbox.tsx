import { Close, Content, Portal, Root, Title } from '@radix-ui/react-dialog';
import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { useState } from 'react';
import type { Attachment } from '@api/schema';
import { useWords } from '@/ui/words';
import { address } from './address';
import { words } from './words';

const round = 'grid size-10 place-items-center rounded-full bg-black/50 text-white hover:bg-black/70';

/** Pictures as large as the screen; arrows go through those of the message. */
export function Lightbox({ pictures, first, onClose }: { pictures: readonly Attachment[]; first: string; onClose: () => void }) {
  const w = useWords(words);
  const [index, setIndex] = useState(() => Math.max(0, pictures.findIndex((picture) => picture.id === first)));
  const picture = pictures[index];
  if (!picture) return null;
  const step = (by: number) => setIndex((index + by + pictures.length) % pictures.length);
  return (
    <Root open onOpenChange={(open) => !open && onClose()}>
      <Portal>
        <div aria-hidden className="fixed inset-0 z-40 bg-black/85" />
        <Content
          aria-describedby={undefined} data-testid="lightbox" className="fixed inset-0 z-50 grid place-items-center p-4 outline-none sm:p-10" onClick={onClose}
          onKeyDown={(event) => {
            if (event.key === 'ArrowLeft') step(-1);
            if (event.key === 'ArrowRight') step(1);
          }}
        >
          <Title className="sr-only">{picture.filename ?? w.image}</Title>
          <img src={address(picture.url)} alt={picture.filename ?? w.image} onClick={(event) => event.stopPropagation()} className="max-h-full max-w-full rounded-lg object-contain" />
          <span className="absolute top-3 right-3 flex gap-2" onClick={(event) => event.stopPropagation()}>
            <a href={address(picture.url)} download={picture.filename ?? ''} aria-label={w.download} className={round}><Download aria-hidden className="size-5" /></a>
            <Close aria-label={w.close} className={round}><X aria-hidden className="size-5" /></Close>
          </span>
          {pictures.length > 1 && (
            <>
              <button type="button" aria-label={w.previous} onClick={(event) => { event.stopPropagation(); step(-1); }} className={`${round} absolute left-3`}><ChevronLeft aria-hidden className="size-6" /></button>
              <button type="button" aria-label={w.next} onClick={(event) => { event.stopPropagation(); step(1); }} className={`${round} absolute right-3`}><ChevronRight aria-hidden className="size-6" /></button>
            </>
          )}
        </Content>
      </Portal>
    </Root>
  );
}
