import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { ChannelAccount, ChannelSchema } from '@api/schema';

/** One kind of file a channel takes. */
export type MediaLimit = ChannelSchema['capabilities']['media'][number];

/** What a chat's channel can do; null until it is known. */
export function useCapabilities(account: string | undefined): ChannelSchema['capabilities'] | null {
  const accounts = useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts'), staleTime: 60_000 });
  const schema = useQuery({ queryKey: ['channel-schema'], queryFn: () => get<ChannelSchema[]>('/admin/channel-accounts/schema'), staleTime: Infinity });
  const channel = accounts.data?.find((known) => known.id === account)?.channel;
  return schema.data?.find((known) => known.channel === channel)?.capabilities ?? null;
}

/** The files that a chat's channel takes; null until they are known. */
export const useMediaLimits = (account: string | undefined): readonly MediaLimit[] | null => useCapabilities(account)?.media ?? null;

export type Verdict = { ok: true } | { ok: false; most: number | null };

/** Pictures and sound are rewritten by the server when the channel wants another type, so only their kind counts here. */
const rewritten = ['image', 'audio'];

/** Whether the server will take a file, as far as can be told before it is sent. */
export function judge(file: Pick<File, 'type' | 'size'>, limits: readonly MediaLimit[]): Verdict {
  const kind = file.type.split('/')[0] ?? '';
  const takes = (limit: MediaLimit) => limit.mime_types.includes(file.type) || limit.mime_types.includes('*/*') || (limit.kind === kind && rewritten.includes(kind));
  const fitting = limits.filter((limit) => limit.kind !== 'sticker' && (file.type === '' || takes(limit)));
  if (fitting.length === 0) return { ok: false, most: null };
  // What is rewritten may shrink on the way; only what is far beyond is refused at once.
  const most = Math.max(...fitting.map((limit) => limit.max_bytes * (limit.mime_types.includes(file.type) ? 1 : 4)));
  return file.size <= most ? { ok: true } : { ok: false, most: Math.max(...fitting.map((limit) => limit.max_bytes)) };
}

export const sizeText = (bytes: number, language: string) => {
  const [value, unit] = bytes >= 1 << 20 ? [bytes / (1 << 20), 'megabyte'] : bytes >= 1024 ? [bytes / 1024, 'kilobyte'] : [bytes, 'byte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
};
