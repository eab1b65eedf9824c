import type { Words } from './words';

/** One argument as the form shows it. */
export interface Argument {
  name: string;
  type: string;
  description: string;
  required: boolean;
}

export const simpleTypes = ['string', 'number', 'integer', 'boolean'] as const;
const types = new Set<unknown>([...simpleTypes, 'object', 'array', 'null']);

interface Schema {
  type?: unknown;
  properties?: Record<string, unknown>;
  required?: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The arguments of a schema; null when it says more than the form can show, which must not be lost by editing it there. */
export function argumentsOf(schema: unknown): Argument[] | null {
  if (!isObject(schema)) return null;
  const { type, properties = {}, required = [], ...more } = schema as Schema;
  if (type !== 'object' || !isObject(properties) || !Array.isArray(required) || Object.keys(more).length > 0) return null;
  const list: Argument[] = [];
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) return null;
    const { type: kind, description = '', ...rest } = property;
    if (!simpleTypes.includes(kind as (typeof simpleTypes)[number]) || typeof description !== 'string' || Object.keys(rest).length > 0) return null;
    list.push({ name, type: kind as string, description, required: required.includes(name) });
  }
  return list;
}

/** The schema of a list of arguments; those without a name are not finished and left out. */
export function schemaOf(list: readonly Argument[]): unknown {
  const named = list.filter((argument) => argument.name.trim() !== '');
  return {
    type: 'object',
    properties: Object.fromEntries(named.map(({ name, type, description }) => [name.trim(), { type, ...(description.trim() ? { description: description.trim() } : {}) }])),
    required: named.filter((argument) => argument.required).map((argument) => argument.name.trim()),
  };
}

/** What is wrong with a schema typed as JSON; null when a model can be given it. */
export function schemaProblem(text: string, url: string, w: Words): string | null {
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch (error) {
    return w.e_json + (error instanceof Error ? error.message : String(error));
  }
  if (!isObject(schema) || schema.type !== 'object') return w.e_object;
  const { properties = {}, required = [] } = schema as Schema;
  if (!isObject(properties)) return w.e_properties;
  for (const [name, property] of Object.entries(properties))
    if (!isObject(property) || !(types.has(property.type) || (Array.isArray(property.type) && property.type.every((type) => types.has(type))) || 'enum' in property || 'anyOf' in property || '$ref' in property)) return w.e_property(name);
  for (const name of Array.isArray(required) ? required : []) if (!(String(name) in properties)) return w.e_required(String(name));
  for (const [, name] of url.matchAll(/\{([^{}]+)\}/g)) if (!(name! in properties)) return w.e_unknown(name!);
  return null;
}
