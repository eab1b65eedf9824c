import { Download, FileText, MapPin, MousePointerClick, ShoppingBag, TriangleAlert, UserRound } from 'lucide-react';
import { useState } from 'react';
import type { Attachment, Message } from '@api/schema';
import { usePreferences } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { words } from '../words';
import { SafeText } from './SafeText';

const placeholder = /^\[[^\]]*\]$/;

/** What a message says, by its type. A type this console does not know shows its words, never nothing. */
export function Content({ message }: { message: Message }) {
  const files = message.attachments ?? [];
  const caption = files.length > 0 && placeholder.test(message.content) ? '' : message.content;
  return (
    <>
      {message.referral && <Referral message={message} />}
      {files.map((file, index) => <File key={`${file.url}${index}`} file={file} sticker={message.type === 'sticker'} />)}
      <Special message={message} />
      {caption && !speaksForItself.has(message.type) && <SafeText text={caption} />}
    </>
  );
}

const speaksForItself = new Set(['location', 'contacts', 'order', 'unsupported']);

function File({ file, sticker }: { file: Attachment; sticker: boolean }) {
  const w = useWords(words);
  const [gone, setGone] = useState(false);
  if (gone || !file.url) return <p className="mb-1 flex items-center gap-2 rounded-lg bg-surface-3 p-3 text-sm text-ink-2"><TriangleAlert aria-hidden className="size-4" />{file.url ? w.mediaGone : w.mediaComing}</p>;
  // The space is taken before the bytes come, so that the thread does not jump.
  const ratio = file.width && file.height ? `${file.width} / ${file.height}` : '4 / 3';
  switch (sticker ? 'sticker' : file.type) {
    case 'image':
      return (
        <a href={file.url} target="_blank" rel="noopener noreferrer" className="mb-1 block overflow-hidden rounded-lg bg-surface-3">
          <img src={file.url} alt={file.filename ?? w.image} loading="lazy" onError={() => setGone(true)} className="max-h-80 w-72 max-w-full object-cover" style={{ aspectRatio: ratio }} />
        </a>
      );
    case 'sticker':
      return <img src={file.url} alt={w.sticker} loading="lazy" onError={() => setGone(true)} className="size-36 object-contain" />;
    case 'video':
      return <video src={file.url} controls preload="metadata" onError={() => setGone(true)} aria-label={w.video} className="mb-1 max-h-80 w-72 max-w-full rounded-lg bg-surface-3" style={{ aspectRatio: ratio }} />;
    case 'audio':
      return <audio src={file.url} controls preload="metadata" aria-label={w.audio} className="mb-1 h-10 w-72 max-w-full" />;
    default:
      return (
        <a href={file.url} download={file.filename ?? ''} className="mb-1 flex items-center gap-3 rounded-lg bg-surface-3 p-3 hover:bg-line">
          <FileText aria-hidden className="size-6 shrink-0 text-accent" />
          <span className="min-w-0 flex-1"><span className="block truncate text-sm font-medium">{file.filename ?? w.download}</span>
            <span className="text-2xs text-ink-3">{[file.mime_type, file.size ? `${Math.ceil(file.size / 1024)} KB` : ''].filter(Boolean).join(' · ')}</span></span>
          <Download aria-hidden className="size-4 shrink-0 text-ink-3" />
        </a>
      );
  }
}

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
    case 'interactive':
      return <span className="mb-0.5 flex items-center gap-1 text-2xs font-medium text-ink-3"><MousePointerClick aria-hidden className="size-3" />{w.chose}</span>;
    case 'order': {
      const items = d?.items ?? [];
      const money = (value: number, currency: string) => new Intl.NumberFormat(language, { style: 'currency', currency }).format(value);
      return (
        <span className="grid w-64 max-w-full gap-1 rounded-lg border border-line bg-surface p-2.5 text-sm">
          <span className="flex items-center gap-2 font-medium"><ShoppingBag aria-hidden className="size-4 text-accent" />{w.order}</span>
          {items.map((item, index) => (
            <span key={index} className="nums flex justify-between gap-3 text-xs"><span className="truncate">{item.product_id} · {w.pieces(item.quantity)}</span><span>{money(item.price * item.quantity, item.currency)}</span></span>
          ))}
          {items.length === 0 || d?.note ? <SafeText text={d?.note ?? content} /> : null}
        </span>
      );
    }
    case 'share':
      return d?.url && /^https?:/.test(d.url) ? <a href={d.url} target="_blank" rel="noopener noreferrer" className={`${card} mb-1`}>{w.shared}: {d.title ?? d.kind}</a> : null;
    case 'unsupported':
      return (
        <span className="grid gap-0.5 text-sm text-ink-2">
          <span className="flex items-center gap-2 font-medium"><TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />{w.unsupported(d?.kind ?? (content.replace(/^\[Unsupported: (.*)\]$/, '$1') || '?'))}</span>
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
  const inside = <><span className="block text-2xs font-medium text-ink-3">{w.fromAd}</span><span className="block truncate text-sm font-medium">{ad.headline ?? ad.source_url}</span>
    {ad.body && <span className="line-clamp-2 text-xs text-ink-2">{ad.body}</span>}</>;
  const look = 'mb-1.5 block rounded-lg border-l-2 border-accent bg-surface-3 px-3 py-2';
  return ad.source_url && /^https?:/.test(ad.source_url)
    ? <a href={ad.source_url} target="_blank" rel="noopener noreferrer" className={look}>{inside}</a>
    : <span className={look}>{inside}</span>;
}
