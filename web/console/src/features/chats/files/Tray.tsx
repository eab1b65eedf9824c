import { FileText, Music, RotateCw, Video, X } from 'lucide-react';
import { usePreferences } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { sizeText } from './limits';
import type { Upload, Uploads } from './uploads';
import { words } from './words';

/** The attached files above the words: how far each is, what is wrong with it, and what it says. */
export function Tray({ list, uploads }: { list: readonly Upload[]; uploads: Uploads }) {
  const w = useWords(words);
  return (
    <ul aria-label={w.tray} data-testid="tray" className="mb-2 flex gap-2 overflow-x-auto pb-1">
      {list.map((item) => <Attached key={item.key} item={item} uploads={uploads} alone={list.length === 1} />)}
    </ul>
  );
}

function Attached({ item, uploads, alone }: { item: Upload; uploads: Uploads; alone: boolean }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const percent = Math.round(item.share * 100);
  const wrong = item.problem && (item.problem.code === 'too_large' ? w.tooLarge(sizeText(item.problem.most!, language)) : item.problem.code === 'not_taken' ? w.notTaken : item.problem.message);
  return (
    <li data-testid="attached" data-state={item.state} className={`relative grid w-44 shrink-0 content-start gap-1 overflow-hidden rounded-xl border p-2 ${item.state === 'refused' ? 'border-bad bg-bad-soft' : 'border-line bg-surface-2'}`}>
      <div className="flex items-center gap-2">
        {item.preview ? <img src={item.preview} alt="" className="size-10 shrink-0 rounded-lg object-cover" /> : <Icon type={item.file.type} />}
        <p className="min-w-0 flex-1 text-xs"><span className="mr-5 block truncate font-medium">{item.file.name}</span><span className="text-2xs text-ink-2">{sizeText(item.size, language)}</span></p>
      </div>
      {item.state === 'uploading' && (
        <div role="progressbar" aria-label={`${w.uploading} ${item.file.name}`} aria-valuenow={percent} className="h-1 overflow-hidden rounded-full bg-line"><div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${percent}%` }} /></div>
      )}
      {wrong && (
        <p role="alert" className="text-2xs text-bad">{wrong} {item.problem?.nextStep}
          {item.problem?.code === 'server' && <button type="button" onClick={() => uploads.again(item.key)} className="ml-1 inline-flex items-center gap-0.5 font-semibold underline"><RotateCw aria-hidden className="size-3" />{w.again}</button>}
        </p>
      )}
      {item.state !== 'refused' && !alone && (
        <input value={item.caption} onChange={(event) => uploads.describe(item.key, event.target.value)} placeholder={w.caption} aria-label={`${w.caption}: ${item.file.name}`} maxLength={1024}
          className="min-w-0 rounded-md border border-line bg-surface px-1.5 py-1 text-2xs outline-none focus:border-accent" />
      )}
      <button type="button" aria-label={w.remove(item.file.name)} onClick={() => uploads.drop(item.key)} className="absolute top-1 right-1 rounded-full bg-surface/90 p-1 text-ink-2 hover:text-ink"><X aria-hidden className="size-3.5" /></button>
    </li>
  );
}

function Icon({ type }: { type: string }) {
  const Shown = type.startsWith('video/') ? Video : type.startsWith('audio/') ? Music : FileText;
  return <span className="grid size-10 shrink-0 place-items-center rounded-lg bg-surface-3 text-accent"><Shown aria-hidden className="size-5" /></span>;
}
