import { Component, type ReactNode } from 'react';
import { preferences } from '@/ui/preferences';
import { words } from './words';

/** A page that throws says so and offers a way out; the rest of the console goes on. */
export class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };
  static getDerivedStateFromError = (error: Error) => ({ error });

  override render() {
    if (!this.state.error) return this.props.children;
    const w = words[preferences.get().language];
    return (
      <div role="alert" className="m-auto grid max-w-md gap-3 p-8 text-center">
        <p className="text-lg font-semibold">{w.crashed}</p>
        <p className="font-mono text-xs break-words text-ink-2">{this.state.error.message}</p>
        <button type="button" className="mx-auto rounded-lg bg-accent px-4 py-2 font-medium text-accent-ink" onClick={() => location.reload()}>{w.reload}</button>
      </div>
    );
  }
}
