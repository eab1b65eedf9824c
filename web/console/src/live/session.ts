import { createContext, use } from 'react';
import type { Session } from '@api/schema';
import type { Feed } from './feed';

/** Who is signed in, and their feed of changes. Everything inside the shell may rely on it. */
export const SessionContext = createContext<{ session: Session; feed: Feed } | null>(null);

export function useSession() {
  const value = use(SessionContext);
  if (!value) throw new Error('Only inside the shell, after signing in.');
  return value;
}
