/** Bars of loudness; those before `share` are played. */
export function Waveform({ peaks, share = 1, className = 'h-6' }: { peaks: readonly number[]; share?: number; className?: string }) {
  return (
    <span aria-hidden className={`flex items-center gap-px ${className}`}>
      {peaks.map((peak, index) => (
        <span key={index} className={`min-w-px flex-1 rounded-full ${index / peaks.length < share ? 'bg-accent' : 'bg-line-strong'}`} style={{ height: `${Math.max(8, peak * 100)}%` }} />
      ))}
    </span>
  );
}
