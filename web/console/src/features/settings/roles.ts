/** The roles an owner can give. The server has the last word. */
export const roles = ['operator', 'owner'] as const;

/** A role in the operator's language; one this console does not know is shown as the server says it. */
export const roleName = (w: object, role: string): string => (w as Record<string, unknown>)[role] as string ?? role;
