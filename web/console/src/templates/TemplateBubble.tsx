import { Copy, ExternalLink, FileText, Image, MapPin, Phone, Play, Reply, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { TemplateLook } from '@api/schema';
import { useWords } from '@/ui/words';
import { kindsOf, words, wordOf } from './words';

const icons: Record<string, LucideIcon> = { url: ExternalLink, phone_number: Phone, copy_code: Copy, otp: Copy, quick_reply: Reply };

/** What the contact sees of a template: header, words, footer and buttons, open variables marked. */
export function TemplateWords({ look }: { look: TemplateLook }) {
  const w = useWords(words);
  return (
    <>
      {look.header && <Header header={look.header} />}
      <p dir="auto" className="text-sm leading-[1.3rem] break-words whitespace-pre-wrap">{marked(look.body)}</p>
      {look.footer && <p className="mt-1 text-xs text-ink-3">{look.footer}</p>}
      {look.unknown.length > 0 && <p className="mt-1.5 rounded-md bg-warn-soft px-2 py-1 text-xs text-warn">{w.unknown(kindsOf(w, look.unknown))}</p>}
      {look.buttons.length > 0 && (
        <ul className="-mx-3 mt-2 border-t border-line">
          {look.buttons.map((button, index) => {
            const Icon = icons[button.kind] ?? Reply;
            return (
              <li key={index} title={button.value ?? undefined} className="flex h-9 items-center justify-center gap-2 border-line px-3 text-sm font-medium text-accent not-first:border-t">
                <Icon aria-hidden className="size-3.5 shrink-0" /><span className="truncate">{button.text || w.copyCode}</span>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

/** The whole bubble on the wall of a phone. */
export function TemplateBubble({ look }: { look: TemplateLook }) {
  return (
    <div className="rounded-xl bg-canvas p-4">
      <div data-testid="template-look" className="relative w-full max-w-80 overflow-hidden rounded-2xl rounded-tl-md border border-line bg-surface px-3 pt-2 pb-2 shadow-lift has-[ul]:pb-0"><TemplateWords look={look} /></div>
    </div>
  );
}

function Header({ header }: { header: NonNullable<TemplateLook['header']> }) {
  const w = useWords(words);
  const [broken, setBroken] = useState<string | null>(null);
  if (header.kind === 'text') return <p dir="auto" className="mb-1 font-semibold break-words">{marked(header.text ?? '')}</p>;
  const kind = header.kind ?? 'document';
  if (kind === 'image' && header.link && /^https?:/.test(header.link) && broken !== header.link)
    return <img src={header.link} alt={w.image} onError={() => setBroken(header.link!)} className="-mx-2 mb-2 block aspect-video w-[calc(100%+1rem)] max-w-none rounded-xl bg-surface-3 object-cover" />;
  if (kind === 'document' || kind === 'location') {
    const Icon = kind === 'document' ? FileText : MapPin;
    return (
      <p className="-mx-1 mb-2 flex items-center gap-2.5 rounded-lg bg-surface-3 p-2.5 text-sm">
        <Icon aria-hidden className={`size-5 shrink-0 ${kind === 'document' ? 'text-accent' : 'text-bad'}`} />
        <span className="min-w-0"><span className="block truncate font-medium">{(kind === 'document' ? header.file_name : header.name) || wordOf(w, kind)}</span>{header.address && <span className="block truncate text-xs text-ink-2">{header.address}</span>}</span>
      </p>
    );
  }
  const Icon = kind === 'image' ? Image : Play;
  return <p className="-mx-2 mb-2 grid aspect-video place-items-center content-center gap-1 rounded-xl bg-surface-3 text-xs text-ink-3"><Icon aria-hidden className="size-7" />{wordOf(w, kind)}</p>;
}

const parts = /(\{\{\s*[A-Za-z0-9_]+\s*\}\}|(?<!\w)(?:\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~)(?!\w))/;

/** As WhatsApp shows it: *bold*, _slanted_, ~struck~; variables that are still open stand out. */
function marked(text: string): ReactNode[] {
  return text.split(parts).map((part, index) => {
    if (index % 2 === 0) return part;
    const inside = part.slice(1, -1);
    switch (part[0]) {
      case '{': return <mark key={index} className="rounded bg-warn-soft px-1 text-warn">{part.replace(/[{}\s]/g, '')}</mark>;
      case '*': return <strong key={index} className="font-semibold">{marked(inside)}</strong>;
      case '_': return <em key={index}>{marked(inside)}</em>;
      default: return <s key={index}>{marked(inside)}</s>;
    }
  });
}
