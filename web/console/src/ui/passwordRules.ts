import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { PasswordRules } from '@api/schema';

/** What a new password must be, as the server has it. Until it has answered nothing is checked here; the server checks again anyway. */
export function usePasswordRules(): PasswordRules | undefined {
  return useQuery({ queryKey: ['password-rules'], queryFn: () => get<PasswordRules>('/auth/password-rules'), staleTime: Infinity }).data;
}
