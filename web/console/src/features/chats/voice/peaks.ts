import { useEffect, useState } from 'react';

export const bars = 44;

const known = new Map<string, Promise<number[] | null>>();

/**
 * The loudness of a sound in a few steps from 0 to 1, its loudest being 1.
 * @param stride How many samples lie between two that are looked at.
 */
export function peaksOf(samples: ArrayLike<number>, count = bars, stride = 1): number[] {
  const width = samples.length / count;
  const peaks = Array.from({ length: count }, (_, bar) => {
    let most = 0;
    for (let at = Math.floor(bar * width); at < Math.max(Math.floor(bar * width) + 1, (bar + 1) * width); at += stride) most = Math.max(most, Math.abs(samples[at] ?? 0));
    return most;
  });
  const loudest = Math.max(...peaks);
  return loudest === 0 ? peaks : peaks.map((peak) => peak / loudest);
}

async function read(url: string): Promise<number[] | null> {
  try {
    const bytes = await (await fetch(url)).arrayBuffer();
    // Decoding needs no device, so nothing is heard and nobody is asked.
    const sound = await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(bytes);
    return peaksOf(sound.getChannelData(0), bars, 8);
  } catch {
    // A form this browser cannot decode, or no answer: the player shows a plain line.
    return null;
  }
}

/** The waveform of a short sound; null until it is known, and where it cannot be. */
export function usePeaks(url: string, wanted: boolean): number[] | null {
  const [peaks, setPeaks] = useState<number[] | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    const reading = known.get(url) ?? read(url);
    known.set(url, reading);
    void reading.then((found) => !left && setPeaks(found));
    return () => { left = true; };
  }, [url, wanted]);
  return peaks;
}
