import { dictionary } from '@/ui/words';

/** The reply window, what can be said when it is closed, and what the contact wants. */
export const words = dictionary(
  {
    left: (time: string) => `${time} left to answer freely`, closedTitle: 'The reply window is closed', closedWhy: 'The network takes no free text until the customer writes again.', neverWrote: 'This customer has not written yet: the network takes templates only.',
    template: 'Send a template', hold: 'Hold until they write', holdNote: 'It waits, visible in the chat, and leaves as soon as they write again. You can call it off.', only: 'Leave a message: it goes out as soon as they write again.',
    consent: 'What they want', marketing: 'Marketing', utility: 'Order updates', authentication: 'Codes', in: 'wants it', out: 'stopped it', unknown: 'not asked', allow: 'Note that they want it again', stop: 'Note that they stopped it', why: 'How did they say it?', note: 'Note', cancel: 'Cancel',
    keyword: (word: string) => `wrote “${word}”`, preference: 'in the network’s app', refusal: 'the network refused', operator: (name: string) => `noted by ${name}`, history: 'Earlier',
  },
  {
    left: (time: string) => `${time} para responder libremente`, closedTitle: 'La ventana de respuesta está cerrada', closedWhy: 'La red no acepta texto libre hasta que el cliente vuelva a escribir.', neverWrote: 'Este cliente todavía no escribió: la red solo acepta plantillas.',
    template: 'Enviar una plantilla', hold: 'En espera hasta que escriba', holdNote: 'Espera, visible en el chat, y sale apenas vuelva a escribir. Se puede cancelar.', only: 'Dejá un mensaje: sale apenas vuelva a escribir.',
    consent: 'Qué quiere recibir', marketing: 'Marketing', utility: 'Avisos de pedidos', authentication: 'Códigos', in: 'lo quiere', out: 'lo detuvo', unknown: 'sin preguntar', allow: 'Anotar que lo quiere otra vez', stop: 'Anotar que lo detuvo', why: '¿Cómo lo dijo?', note: 'Anotar', cancel: 'Cancelar',
    keyword: (word: string) => `escribió «${word}»`, preference: 'en la app de la red', refusal: 'la red lo rechazó', operator: (name: string) => `lo anotó ${name}`, history: 'Antes',
  },
);
