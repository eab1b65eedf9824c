/** The roles a person can have, least first. The server has the last word. */
export const roles = ['operator', 'owner', 'viewer'] as const;

/** The roles of a token: a program that only hands in messages is a service. */
export const tokenRoles = ['service', 'owner', 'operator', 'viewer'] as const;

/** A role in the operator's language; one this console does not know is shown as the server says it. */
export const roleName = (w: object, role: string): string => ((w as Record<string, unknown>)[role] as string | undefined) ?? role;
