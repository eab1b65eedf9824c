import { CircleAlert, Lock, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Problem } from '@api/client';
import { Button } from './Button';
import { dictionary, useWords } from './words';

const words = dictionary({
  retry: ['Try again', 'Reintentar'],
  unreachable: ['The server cannot be reached', 'No se puede llegar al servidor'],
  refused: ['You don’t have access to this', 'No tenés permiso para ver esto'],
  ask: ['Ask an owner of your business for access.', 'Pedile este permiso a un dueño de tu negocio.'],
  broke: ['This could not be loaded', 'No se pudo cargar'],
  wait: ['Check your connection; the console keeps trying.', 'Revisá tu conexión; la consola sigue intentando.'],
  loading: ['Loading', 'Cargando'],
});

export function Empty({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children?: ReactNode }) {
  return (
    <div className="m-auto grid max-w-80 justify-items-center gap-1.5 p-8 text-center">
      <span className="mb-2 grid size-12 place-items-center rounded-2xl bg-surface-3 text-ink-3"><Icon className="size-6" aria-hidden /></span>
      <p className="font-semibold">{title}</p>
      <div className="text-sm text-ink-2">{children}</div>
    </div>
  );
}

/** What went wrong with a pane, in words, and what to do; tells "not allowed" from "not reachable". */
export function Trouble({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const w = useWords(words);
  const problem = error instanceof Problem ? error : null;
  const forbidden = problem?.status === 403;
  const title = forbidden ? w.refused : problem?.status === 0 ? w.unreachable : w.broke;
  return (
    <div role="alert" className="m-auto">
      <Empty icon={forbidden ? Lock : CircleAlert} title={title}>
        <p>{problem?.status === 0 ? w.wait : problem?.message}</p>
        <p>{forbidden ? (problem?.nextStep ?? w.ask) : problem?.nextStep}</p>
        {onRetry && !forbidden && <Button small className="mt-3" onClick={onRetry}>{w.retry}</Button>}
      </Empty>
    </div>
  );
}

export function Skeleton({ rows, className }: { rows: number; className: string }) {
  const w = useWords(words);
  return (
    <div role="status" aria-label={w.loading} className="grid content-start gap-3 p-4">
      {Array.from({ length: rows }, (_, row) => <div key={row} className={`shimmer ${className}`} />)}
    </div>
  );
}
