import { MapPin, MousePointerClick, ShoppingBag, TriangleAlert, UserRound } from 'lucide-react';
import type { Message } from '@api/schema';
import { usePreferences } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { TemplateWords } from '@/templates/TemplateBubble';
import { Files } from '../files/Files';
import { sharedKind, unsupportedKind } from '../placeholder';
import { words } from '../words';
import { money } from './money';
import { SafeText } from './SafeText';

/** The server's word where there are none: the file itself is seen. What a person wrote in brackets is a caption. */
const placeholder = /^\[(Image|Video|Audio|Voice note|Sticker|Document(: [\s\S]*)?)\]$/;

/** What a message says, by its type. A type this console does not know shows its words, never nothing. */
export function Content({ message }: { message: Message }) {
  const files = message.attachments ?? [];
  // What only names the files is seen already, and so are words that stand under one of several.
  const seen = (message.type === 'share' && (/^\[[a-z ]+\]$/.test(message.content) || message.content === message.data?.title))
    || files.length > 0 && (placeholder.test(message.content) || files.some((file) => file.caption === message.content));
  const captions = files.map((file) => file.caption).filter(Boolean);
  const caption = seen ? '' : captions.length > 0 ? withoutCaptions(message.content, captions as string[]) : message.content;
  return (
    <>
      {message.referral && <Referral message={message} />}
      {files.length > 0 && <Files files={files} />}
      <Special message={message} />
      {caption && !speaksForItself.has(message.type) && <SafeText text={caption} />}
    </>
  );
}

/** The words of a message with several files hold all captions, which stand under their files already. */
const withoutCaptions = (content: string, captions: string[]) => {
  const rest = content.split('\n\n').filter((part) => !captions.includes(part));
  return rest.join('\n\n');
};

const speaksForItself = new Set(['location', 'contacts', 'order', 'template', 'unsupported']);

const card = 'flex items-center gap-3 rounded-lg border border-line bg-surface p-2.5 text-sm';

function Special({ message: { type, data: d, content } }: { message: Message }) {
  const w = useWords(words);
  const { language } = usePreferences();
  switch (type) {
    case 'location': {
      const at = d?.latitude !== undefined && d.longitude !== undefined ? `${d.latitude},${d.longitude}` : null;
      const name = d?.name ?? d?.place ?? at ?? content;
      if (!at) return <span className={card}><MapPin aria-hidden className="size-5 text-bad" />{name}</span>;
      return (
        <a href={`https://www.openstreetmap.org/?mlat=${d!.latitude}&mlon=${d!.longitude}#map=16/${d!.latitude}/${d!.longitude}`} target="_blank" rel="noopener noreferrer" className={card}>
          <MapPin aria-hidden className="size-5 shrink-0 text-bad" />
          <span><span className="block font-medium">{name}</span><span className="text-xs text-accent underline">{w.openMap}</span></span>
        </a>
      );
    }
    case 'contacts':
      return <>{(d?.cards ?? [{ name: content }]).map((person, index) => (
        <span key={index} className={`${card} mb-1`}>
          <UserRound aria-hidden className="size-5 shrink-0 text-accent" />
          <span className="min-w-0"><span className="block font-medium">{person.name}</span>
            <span className="block truncate text-xs text-ink-2">{[person.phone, person.email, person.organization].filter(Boolean).join(' · ')}</span></span>
        </span>
      ))}</>;
    case 'template':
      return d?.look ? <TemplateWords look={d.look} /> : <SafeText text={content} />;
    case 'interactive':
      return <span className="mb-0.5 flex items-center gap-1 text-2xs font-medium text-ink-3"><MousePointerClick aria-hidden className="size-3" />{w.chose}</span>;
    case 'order': {
      const items = d?.items ?? [];
      return (
        <span className="grid w-64 max-w-full gap-1 rounded-lg border border-line bg-surface p-2.5 text-sm">
          <span className="flex items-center gap-2 font-medium"><ShoppingBag aria-hidden className="size-4 text-accent" />{w.order}</span>
          {items.map((item, index) => (
            <span key={index} className="nums flex justify-between gap-3 text-xs"><span className="truncate">{item.product_id} · {w.pieces(item.quantity)}</span><span>{money(item.price * item.quantity, item.currency, language)}</span></span>
          ))}
          {items.length === 0 || d?.note ? <SafeText text={d?.note ?? content} /> : null}
        </span>
      );
    }
    case 'share':
      return d?.url && /^https?:/.test(d.url) ? <a href={d.url} target="_blank" rel="noopener noreferrer" className={`${card} mb-1`}>{[sharedKind(d.kind ?? 'link', language), d.title].filter(Boolean).join(': ')}</a>
        : <span className={`${card} mb-1`}>{sharedKind(d?.kind ?? 'link', language)}</span>;
    case 'unsupported':
      return (
        <span className="grid gap-0.5 text-sm text-ink-2">
          <span className="flex items-center gap-2 font-medium"><TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />{w.unsupported(unsupportedKind(d?.kind ?? (content.replace(/^\[Unsupported: (.*)\]$/, '$1') || '?'), language))}</span>
          <span className="text-xs">{d?.reason ?? w.unsupportedHint}</span>
        </span>
      );
    default:
      return null;
  }
}

function Referral({ message }: { message: Message }) {
  const w = useWords(words);
  const ad = message.referral!;
  const inside = <><span className="block text-2xs font-medium text-ink-3">{ad.source_type === 'page' ? w.fromPage : w.fromAd}</span><span className="block truncate text-sm font-medium">{ad.headline ?? ad.source_url}</span>
    {ad.body && <span className="line-clamp-2 text-xs text-ink-2">{ad.body}</span>}</>;
  const look = 'mb-1.5 block rounded-lg border-l-2 border-accent bg-surface-3 px-3 py-2';
  return ad.source_url && /^https?:/.test(ad.source_url)
    ? <a href={ad.source_url} target="_blank" rel="noopener noreferrer" className={look}>{inside}</a>
    : <span className={look}>{inside}</span>;
}
