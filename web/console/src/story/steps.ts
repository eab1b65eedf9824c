import type { StoryStep } from '@api/agent';
import type { Language } from '@/ui/preferences';

type Values = Record<string, string | number>;
type Said = readonly [english: string, spanish: string];

/** What each value of a step is called where it is mentioned; one that nobody here knows stays as it is. */
const names: Record<string, Record<string, Said>> = {
  item: {
    message: ['It held a message', 'Traía un mensaje'], echo: ['It held a message written in the network’s app', 'Traía un mensaje escrito en la app de la red'],
    status: ['It held a delivery report', 'Traía un aviso de entrega'], edit: ['It held an edited message', 'Traía un mensaje editado'],
    delete: ['It held a deleted message', 'Traía un mensaje borrado'], reaction: ['It held a reaction', 'Traía una reacción'],
  },
  by: {
    agent: ['Written by the AI', 'Lo escribió la IA'], operator: ['Written by an operator', 'Lo escribió un operador'],
    echo: ['Written in the network’s app', 'Se escribió en la app de la red'], system: ['Written by the system', 'Lo escribió el sistema'],
  },
  outcome: {
    accepted: ['the network took it', 'la red lo aceptó'], refused: ['the network refused it', 'la red lo rechazó'], uncertain: ['whether it arrived is not known', 'no se sabe si llegó'],
    settled: ['settled by what the network told later', 'lo aclaró un aviso posterior de la red'],
  },
  status: {
    queued: ['waiting', 'en espera'], sending: ['sending', 'enviando'], uncertain: ['not confirmed', 'sin confirmar'], sent: ['sent', 'enviado'],
    delivered: ['delivered', 'entregado'], read: ['read', 'leído'], played: ['played', 'reproducido'], failed: ['not delivered', 'no entregado'],
    cancelled: ['cancelled', 'cancelado'], withdrawn: ['withdrawn', 'retirado'],
  },
  turn: {
    answered: ['The AI answered', 'La IA respondió'], handed_off: ['The AI handed the chat over', 'La IA derivó el chat'], nothing: ['The AI said nothing', 'La IA no dijo nada'],
    failed: ['The AI’s turn failed', 'El turno de la IA falló'], restarted: ['It starts over: more was written', 'Empieza de nuevo: llegó algo más'],
    overtaken: ['A person took the chat while it was thinking', 'Una persona tomó el chat mientras pensaba'],
    abandoned: ['Abandoned: another server started over', 'Abandonado: otro nodo empezó de nuevo'], running: ['The AI is thinking', 'La IA está pensando'],
  },
};

const named = (of: string, value: string | number | undefined, otherwise: Said): Said => names[of]?.[value ?? ''] ?? otherwise;

/** Every step that the server tells of, by its code, in both languages. */
const steps: Record<string, (v: Values) => Said> = {
  webhook_arrived: () => ['A webhook arrived', 'Llegó un webhook'],
  item: (v) => named('item', v.item, [`It held: ${v.item}`, `Traía: ${v.item}`]),
  stored: () => ['Stored as a message of the contact', 'Se guardó como mensaje del contacto'],
  conversation_began: () => ['A new chat began', 'Empezó un chat nuevo'],
  conversation_known: () => ['It belongs to a known chat', 'Es de un chat conocido'],
  written: (v) => named('by', v.by, [`Written by ${v.by}`, `Lo escribió: ${v.by}`]),
  attempt_began: (v) => [`Try ${v.n} of part ${v.part} began`, `Empezó el intento ${v.n} de la parte ${v.part}`],
  attempt_ended: (v) => ended(v, named('outcome', v.outcome, [`${v.outcome}`, `${v.outcome}`])),
  told: (v) => told(v, named('status', v.status, [`${v.status}`, `${v.status}`])),
  now: (v) => now(named('status', v.status, [`${v.status}`, `${v.status}`])),
  taken: () => ['A person got the chat', 'Una persona tomó el chat'],
  taken_over: () => ['Another person got the chat', 'Otra persona tomó el chat'],
  held_before: () => ['A person had the chat: it was not the AI’s to answer', 'Una persona tenía el chat: no le tocaba responder a la IA'],
  released: () => ['The chat was given back to the AI', 'El chat volvió a la IA'],
  requested: () => ['Somebody asked for the chat', 'Alguien pidió el chat'],
  expired: () => ['The time it was held for ended', 'Terminó el tiempo por el que se había tomado'],
  turn_began: () => ['The AI began to think', 'La IA empezó a pensar'],
  turn_ended: (v) => named('turn', v.outcome, [`The AI’s turn ended: ${v.outcome}`, `Terminó el turno de la IA: ${v.outcome}`]),
  human_has_it: () => ['A person has the chat: nothing is said', 'Una persona tiene el chat: no se dice nada'],
  agent_has_it: () => ['The chat is the AI’s', 'El chat es de la IA'],
  keyword: () => ['A keyword hands over', 'Una palabra clave lo deriva'],
  secret_removed: () => ['Something secret was taken out of the answer', 'Se quitó algo secreto de la respuesta'],
  model_answered: () => ['The model answered', 'El modelo respondió'],
  model_failed: () => ['The model did not answer', 'El modelo no respondió'],
  tool_used: (v) => [`Used ${v.tool}`, `Usó ${v.tool}`],
  tool_failed: (v) => [`${v.tool} failed`, `${v.tool} falló`],
};

const ended = (v: Values, [en, es]: Said): Said => [`Try ${v.n}: ${en}`, `Intento ${v.n}: ${es}`];
const told = (v: Values, [en, es]: Said): Said => [`The network told of part ${v.part}: ${en}`, `La red avisó de la parte ${v.part}: ${es}`];
const now = ([en, es]: Said): Said => [`Now: ${en}`, `Ahora: ${es}`];

/** What a step says in the operator's language; one that nobody here knows, or of an older version, says what the server calls it. */
export function sayStep(language: Language, { code, values, title }: StoryStep): string {
  const said = code ? steps[code]?.((values ?? {}) as Values) : undefined;
  return said ? said[language === 'es' ? 1 : 0] : title;
}

/** The codes that have words here. */
export const knownSteps: readonly string[] = Object.keys(steps);
