import { Download, FileText, Hourglass, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Attachment } from '@api/schema';
import { usePreferences } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { SafeText } from '../thread/SafeText';
import { address } from './address';
import { Lightbox } from './Lightbox';
import { sizeText } from './limits';
import { Player } from './Player';
import { words } from './words';

/** Addresses are given out before the bytes are there, and stay when they are gone. */
const isHere = (file: Attachment) => file.state === 'stored' || file.state === 'linked';

/** The files of a message, in order. */
export function Files({ files }: { files: readonly Attachment[] }) {
  const [shown, setShown] = useState<string | null>(null);
  const pictures = files.filter((file) => file.type === 'image' && isHere(file) && !file.sticker);
  // Several pictures without words of their own stand together, as on a phone.
  const album = pictures.filter((file) => !file.caption);
  return (
    <>
      {album.length > 1 && (
        <span data-testid="album" className="mb-1 grid w-72 max-w-full grid-cols-2 gap-1 overflow-hidden rounded-lg">
          {album.map((file) => <Tile key={file.id} file={file} onOpen={() => setShown(file.id)} />)}
        </span>
      )}
      {files.filter((file) => !(album.length > 1 && album.includes(file))).map((file) => (
        <span key={file.id} className="mb-1 block last:mb-0.5">
          <File file={file} onOpen={() => setShown(file.id)} />
          {file.caption && <span className="block pt-0.5"><SafeText text={file.caption} /></span>}
        </span>
      ))}
      {shown && <Lightbox pictures={pictures} first={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function Tile({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const w = useWords(words);
  const name = file.filename ?? w.image;
  return (
    <button type="button" onClick={onOpen} aria-label={w.open(name)} data-testid="image" className="aspect-square overflow-hidden bg-surface-3 last:odd:col-span-2 last:odd:aspect-video">
      <img src={address(file.thumbnail_url ?? file.url)} alt={name} loading="lazy" className="size-full object-cover" />
    </button>
  );
}

function File({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const w = useWords(words);
  const [broken, setBroken] = useState(false);
  if (broken) return <Missing file={file} text={w.broken} />;
  if (!isHere(file)) return <Missing file={file} text={reason(file, w)} />;
  const url = address(file.url);
  const name = file.filename ?? w[file.type as 'image'] ?? w.document;
  switch (file.sticker ? 'sticker' : file.type) {
    case 'image':
      return (
        <button type="button" onClick={onOpen} aria-label={w.open(name)} data-testid="image" className="block overflow-hidden rounded-lg bg-surface-3" style={box(file)}>
          <img src={address(file.thumbnail_url ?? file.url)} alt={name} loading="lazy" onError={() => setBroken(true)} className="size-full object-cover" />
        </button>
      );
    case 'sticker':
      return <img src={url} alt={w.sticker} data-testid="sticker" loading="lazy" onError={() => setBroken(true)} className="size-36 object-contain" />;
    case 'video':
      return (
        <video src={url} controls preload="metadata" data-testid="video" onError={() => setBroken(true)} aria-label={name} className="rounded-lg bg-surface-3" style={box(file)}
          poster={file.thumbnail_url ? address(file.thumbnail_url) : undefined} />
      );
    case 'audio':
      return <Player url={url} seconds={file.duration ?? null} label={file.voice ? w.voice : name} voice={file.voice} onBroken={() => setBroken(true)} />;
    default:
      return <Document file={file} url={url} name={name} />;
  }
}

/** The space is taken before the bytes come, so that the thread does not jump. */
function box(file: Attachment): React.CSSProperties {
  const [width, height] = [file.width ?? 4, file.height ?? 3];
  const scale = Math.min(288 / width, 320 / height);
  return file.width && file.height && scale >= 1 && width > 40
    ? { width, aspectRatio: `${width} / ${height}`, maxWidth: '100%' }
    : { width: Math.max(96, Math.round(width * scale)), aspectRatio: `${width} / ${Math.min(height, width * 4)}`, maxWidth: '100%' };
}

function Document({ file, url, name }: { file: Attachment; url: string; name: string }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const ending = name.includes('.') ? name.split('.').at(-1)!.slice(0, 5).toUpperCase() : '';
  return (
    <a href={url} download={name} target="_blank" rel="noopener noreferrer" data-testid="document" className="flex w-72 max-w-full items-center gap-3 rounded-lg bg-surface-3 p-3 hover:bg-line">
      <FileText aria-hidden className="size-6 shrink-0 text-accent" />
      <span className="min-w-0 flex-1"><span className="block truncate text-sm font-medium">{name}</span>
        <span className="nums text-2xs text-ink-2">{[ending, file.size ? sizeText(file.size, language) : ''].filter(Boolean).join(' · ')}</span></span>
      <Download aria-hidden className="size-4 shrink-0 text-ink-2" /><span className="sr-only">{w.download}</span>
    </a>
  );
}

function Missing({ file, text }: { file: Attachment; text: string }) {
  const Icon = file.state === 'waiting' ? Hourglass : TriangleAlert;
  return <span data-testid="file-missing" data-state={file.state} className="flex min-h-12 w-72 max-w-full items-center gap-2 rounded-lg bg-surface-3 p-3 text-sm text-ink-2"><Icon aria-hidden className="size-4 shrink-0" />{text}</span>;
}

function reason(file: Attachment, w: (typeof words)['en']): string {
  if (file.state === 'waiting') return w.waiting;
  if (file.reason === 'deleted') return w.deleted;
  if (file.reason === 'retention') return w.expired;
  return file.reason === 'too_large' ? w.lost_too_large : file.reason === 'account_gone' ? w.lost_account_gone : w.lost_network_gone;
}
