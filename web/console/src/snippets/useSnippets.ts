import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { Snippet } from '@api/schema';

export const snippetsKey = ['snippets'];

/** The tenant's snippets, in the order of their names. */
export const useSnippets = () => useQuery({ queryKey: snippetsKey, queryFn: () => get<Snippet[]>('/admin/snippets'), staleTime: 30_000 });
