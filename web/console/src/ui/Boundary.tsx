import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { preferences } from './preferences';
import { dictionary } from './words';

const words = dictionary({
  page: ['Something went wrong on this page', 'Algo se rompió en esta página'],
  line: ['This could not be shown', 'Esto no se pudo mostrar'],
  again: ['Try again', 'Reintentar'],
  reload: ['Reload', 'Recargar'],
});

interface BoundaryProps {
  /** How much of the screen it guards: a page offers a reload, a line is one sentence. */
  of?: 'page' | 'line';
  children: ReactNode;
}

/** What throws inside says so in its own place; the rest of the console goes on. */
export class Boundary extends Component<BoundaryProps, { error: Error | null }> {
  override state = { error: null as Error | null };
  static getDerivedStateFromError = (error: Error) => ({ error });

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const w = words[preferences.get().language];
    if (this.props.of === 'line') {
      return <span role="alert" title={error.message} className="flex items-center gap-2 text-sm text-ink-2"><TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />{w.line}</span>;
    }
    const button = 'rounded-lg px-4 py-2 font-medium';
    return (
      <div role="alert" className="m-auto grid max-w-md gap-3 p-8 text-center">
        <p className="text-lg font-semibold">{w.page}</p>
        <p className="font-mono text-xs break-words text-ink-2">{error.message}</p>
        <p className="flex justify-center gap-2">
          <button type="button" className={`${button} border border-line-strong`} onClick={() => this.setState({ error: null })}>{w.again}</button>
          <button type="button" className={`${button} bg-accent text-accent-ink`} onClick={() => location.reload()}>{w.reload}</button>
        </p>
      </div>
    );
  }
}
