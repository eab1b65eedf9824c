import type { Language } from '@/ui/preferences';

// The server tells steps in English, as they are stored. Those it tells are few; one that is not here is shown as it came.
const inSpanish: readonly (readonly [RegExp, string])[] = [
  [/^A webhook arrived$/, 'Llegó un webhook'],
  [/^It held: message$/, 'Traía un mensaje'],
  [/^It held: echo$/, 'Traía un mensaje escrito en la app de la red'],
  [/^It held: status$/, 'Traía un aviso de entrega'],
  [/^It held: edit$/, 'Traía un mensaje editado'],
  [/^It held: delete$/, 'Traía un mensaje borrado'],
  [/^It held: reaction$/, 'Traía una reacción'],
  [/^It held: (.+)$/, 'Traía: $1'],
  [/^Stored as a message of the contact$/, 'Se guardó como mensaje del contacto'],
  [/^Written by agent$/, 'Lo escribió la IA'],
  [/^Written by operator$/, 'Lo escribió un operador'],
  [/^Written by (.+)$/, 'Lo escribió: $1'],
  [/^Try (\d+) of part (\d+) began$/, 'Empezó el intento $1 de la parte $2'],
  [/^Try (\d+) ended: accepted$/, 'Intento $1: la red lo aceptó'],
  [/^Try (\d+) ended: refused$/, 'Intento $1: la red lo rechazó'],
  [/^Try (\d+) ended: uncertain$/, 'Intento $1: no se sabe si llegó'],
  [/^Try (\d+) ended: (.+)$/, 'Intento $1: $2'],
  [/^Now: queued$/, 'Ahora: en espera'],
  [/^Now: sending$/, 'Ahora: enviando'],
  [/^Now: uncertain$/, 'Ahora: sin confirmar'],
  [/^Now: sent$/, 'Ahora: enviado'],
  [/^Now: delivered$/, 'Ahora: entregado'],
  [/^Now: read$/, 'Ahora: leído'],
  [/^Now: played$/, 'Ahora: reproducido'],
  [/^Now: failed$/, 'Ahora: no entregado'],
  [/^Now: cancelled$/, 'Ahora: cancelado'],
  [/^Now: withdrawn$/, 'Ahora: retirado'],
  [/^The agent began to think$/, 'La IA empezó a pensar'],
  [/^(?:The agent's turn|The turn) ended: answered$/, 'La IA respondió'],
  [/^(?:The agent's turn|The turn) ended: handed_off$/, 'La IA derivó el chat'],
  [/^(?:The agent's turn|The turn) ended: nothing$/, 'La IA no dijo nada'],
  [/^(?:The agent's turn|The turn) ended: failed$/, 'El turno de la IA falló'],
  [/^(?:The agent's turn|The turn) ended: restarted$/, 'Empieza de nuevo: llegó algo más'],
  [/^(?:The agent's turn|The turn) ended: overtaken$/, 'Una persona tomó el chat mientras pensaba'],
  [/^(?:The agent's turn|The turn) ended: (.+)$/, 'Terminó el turno de la IA: $1'],
  [/^A human has the conversation: nothing is said$/, 'Una persona tiene el chat: no se dice nada'],
  [/^The conversation is the agent's$/, 'El chat es de la IA'],
  [/^A keyword hands over$/, 'Una palabra clave lo deriva'],
  [/^Something secret was taken out of the answer$/, 'Se quitó algo secreto de la respuesta'],
  [/^The model answered$/, 'El modelo respondió'],
  [/^The model did not answer$/, 'El modelo no respondió'],
  [/^Used (.+)$/, 'Usó $1'],
  [/^(.+) failed$/, '$1 falló'],
];

/** A step's title in the operator's language. */
export function titleIn(language: Language, title: string): string {
  const known = language === 'es' ? inSpanish.find(([pattern]) => pattern.test(title)) : undefined;
  return known ? title.replace(known[0], known[1]) : title;
}
