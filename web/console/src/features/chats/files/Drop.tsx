import { FileUp } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useWords } from '@/ui/words';
import { words } from './words';

/** Takes files that are dropped anywhere on the chat. */
export function Drop({ onFiles, children, ...rest }: { onFiles: ((files: File[]) => void) | null; children: ReactNode; className: string; 'aria-label': string }) {
  const w = useWords(words);
  const [over, setOver] = useState(false);
  // Entering a child leaves its parent: only the balance tells whether the pointer is still inside.
  const depth = useRef(0);
  const carries = (event: React.DragEvent) => onFiles !== null && event.dataTransfer.types.includes('Files');
  return (
    <section
      {...rest}
      onDragEnter={(event) => { if (carries(event)) { event.preventDefault(); depth.current++; setOver(true); } }}
      onDragOver={(event) => { if (carries(event)) event.preventDefault(); }}
      onDragLeave={(event) => { if (carries(event) && --depth.current <= 0) { depth.current = 0; setOver(false); } }}
      onDrop={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        onFiles!([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && (
        <div aria-hidden className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-2xl border-2 border-dashed border-accent bg-surface/85 text-accent">
          <p className="flex items-center gap-2 font-semibold"><FileUp className="size-5" />{w.drop}</p>
        </div>
      )}
    </section>
  );
}
