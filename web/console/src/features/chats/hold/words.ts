import { dictionary } from '@/ui/words';

export const words = dictionary(
  {
    who: 'Who has this chat', aiAnswers: 'AI answers', aiOff: 'AI is off', aiOffWhy: 'The AI is switched off here. Nobody answers by itself.', aiWhy: 'The AI answers what comes in. Once you take over, nothing more of it leaves.', mine: 'Yours', mineLong: 'You have this chat', human: 'With a human', waiting: 'Waiting for a human', waitingLong: 'This chat waits for a human',
    theirs: (by: string) => `${by} has this chat`, outside: 'Somebody outside this console has this chat', until: (time: string) => `until ${time}`, since: (time: string) => `since ${time}`,
    why_take_over: 'took over', why_echo: 'answered in the network’s own app', why_hand_off: 'the AI handed it over', why_reply: 'answered',
    back: (time: string) => `Goes back to the AI at ${time}.`, backByHand: 'Stays until somebody hands it back.', takeOver: 'Take over', takeFor: 'Take over for', keepFor: 'Keep it for', open: 'Until I hand it back', minutes30: '30 min', hour: '1 hour', hours4: '4 hours', tomorrow: 'Until tomorrow 9:00',
    handBack: 'Hand back', handBackLong: 'Hand back to the AI', note: 'Note to the AI', noteHelp: 'Optional. It reads this before its next answer; the customer never does.', notePlace: 'E.g. I offered 10 % off, valid until Friday.',
    request: 'Ask for it', requestLead: 'Asks the holder to let go. It is recorded.', reason: 'Why you need it', requested: 'They were asked', takeFrom: 'Take it from them', takeFromWhy: 'You take it over at once. It is recorded who took it from whom.', takenFrom: 'The chat is yours', history: 'History', noHistory: 'Nobody has had it yet',
    h_taken: (by: string) => `${by} took over`, h_released: (by: string) => `${by} handed it back`, h_requested: (by: string) => `${by} asked for it`, h_taken_over: (by: string) => `${by} took it from its holder`, h_expired: () => 'Went back to the AI by itself', somebody: 'Somebody', theAi: 'The AI',
    taken: 'The AI is silent; the chat is yours', takenUntil: (time: string) => `The chat is yours until ${time}`, handedBack: 'The AI answers again', undo: 'Undo',
    thinking: 'The AI is writing an answer', due: (left: string) => `The AI answers in ${left}`, dueNow: 'The AI is about to answer', stop: 'Stop', stopHint: 'It stops at once, the chat becomes yours, and what it wrote goes into the composer', stopped: 'Stopped. The chat is yours', stoppedDraft: 'What the AI had written stands in the composer', stoppedLate: 'It had just finished', draft: 'The AI had this ready', use: 'Put it into the composer', discard: 'Discard',
    asks: (by: string) => `${by} asks for this chat`, release: 'Hand back', failed: 'The AI could not answer', why: 'Why?', dismiss: 'Dismiss', handedOff: 'The AI handed this chat over',
  },
  {
    who: 'Quién tiene este chat', aiAnswers: 'Responde la IA', aiOff: 'IA apagada', aiOffWhy: 'Acá la IA está apagada. Nadie responde de forma automática.', aiWhy: 'La IA responde lo que llega. Apenas lo tomás, no sale nada más de ella.', mine: 'Tuyo', mineLong: 'Tenés este chat', human: 'Con una persona', waiting: 'Espera a una persona', waitingLong: 'Este chat espera a una persona',
    theirs: (by: string) => `${by} tiene este chat`, outside: 'Lo tiene alguien fuera de esta consola', until: (time: string) => `hasta ${time}`, since: (time: string) => `desde ${time}`,
    why_take_over: 'lo tomó', why_echo: 'respondió en la app de la red', why_hand_off: 'la IA lo derivó', why_reply: 'respondió',
    back: (time: string) => `Vuelve a la IA: ${time}.`, backByHand: 'Sigue así hasta que alguien lo devuelva.', takeOver: 'Tomar', takeFor: 'Tomarlo por', keepFor: 'Quedármelo por', open: 'Hasta que lo devuelva', minutes30: '30 min', hour: '1 hora', hours4: '4 horas', tomorrow: 'Hasta mañana a las 9',
    handBack: 'Devolver', handBackLong: 'Devolver a la IA', note: 'Nota para la IA', noteHelp: 'Opcional. La lee antes de su próxima respuesta; el cliente nunca la ve.', notePlace: 'Ej.: le ofrecí un 10 % de descuento hasta el viernes.',
    request: 'Pedirlo', requestLead: 'Le pide a quien lo tiene que lo suelte. Queda registrado.', reason: 'Para qué lo necesitás', requested: 'Ya se lo pedimos', takeFrom: 'Quitárselo', takeFromWhy: 'Pasa a ser tuyo enseguida. Queda registrado quién se lo quitó a quién.', takenFrom: 'El chat es tuyo', history: 'Historial', noHistory: 'Todavía no lo tuvo nadie',
    h_taken: (by: string) => `${by} lo tomó`, h_released: (by: string) => `${by} lo devolvió`, h_requested: (by: string) => `${by} lo pidió`, h_taken_over: (by: string) => `${by} se lo quitó a quien lo tenía`, h_expired: () => 'Volvió solo a la IA', somebody: 'Alguien', theAi: 'La IA',
    taken: 'La IA se calla; el chat es tuyo', takenUntil: (time: string) => `El chat es tuyo hasta ${time}`, handedBack: 'Vuelve a responder la IA', undo: 'Deshacer',
    thinking: 'La IA está escribiendo una respuesta', due: (left: string) => `La IA responde en ${left}`, dueNow: 'La IA está por responder', stop: 'Frenar', stopHint: 'Se frena en el acto, el chat pasa a ser tuyo y lo que escribió queda en el editor', stopped: 'Frenada. El chat es tuyo', stoppedDraft: 'Lo que había escrito la IA está en el editor', stoppedLate: 'Justo había terminado', draft: 'La IA tenía esto listo', use: 'Pasarlo al editor', discard: 'Descartar',
    asks: (by: string) => `${by} pide este chat`, release: 'Devolver', failed: 'La IA no pudo responder', why: '¿Por qué?', dismiss: 'Cerrar', handedOff: 'La IA derivó este chat',
  },
);
