import { Problem } from '@api/client';

/** Why a form was refused, when no field of it says so itself. */
export function FormProblem({ error, fields = [] }: { error: unknown; fields?: readonly string[] }) {
  if (!error) return null;
  const problem = error instanceof Problem ? error : null;
  if (problem && fields.some((name) => problem.of(name))) return null;
  return <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">{problem?.message ?? String(error)} {problem?.nextStep}</p>;
}

/** What the server says about one field. */
export const fieldError = (error: unknown, name: string) => (error instanceof Problem ? error.of(name) : null);
