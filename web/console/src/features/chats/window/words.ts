import { dictionary } from '@/ui/words';

/** The reply window, what can be said when it is closed, and what the contact wants. */
export const words = dictionary({
  left: [(time: string) => `${time} left to answer freely`, (time: string) => `${time} para responder libremente`],
  closedTitle: ['The reply window is closed', 'La ventana de respuesta está cerrada'],
  closedWhy: [
    'The network takes no free text until the customer writes again.',
    'La red no acepta texto libre hasta que el cliente vuelva a escribir.',
  ],
  neverWrote: [
    'This customer has not written yet: the network takes templates only.',
    'Este cliente todavía no escribió: la red solo acepta plantillas.',
  ],
  template: ['Send a template', 'Enviar una plantilla'],
  hold: ['Hold until they write', 'En espera hasta que escriba'],
  holdNote: [
    'It waits, visible in the chat, and leaves as soon as they write again. You can call it off.',
    'Espera, visible en el chat, y sale apenas vuelva a escribir. Se puede cancelar.',
  ],
  only: ['Leave a message: it goes out as soon as they write again.', 'Dejá un mensaje: sale apenas vuelva a escribir.'],
  consent: ['What they want', 'Qué quiere recibir'],
  marketing: ['Marketing', 'Marketing'],
  utility: ['Order updates', 'Avisos de pedidos'],
  authentication: ['Codes', 'Códigos'],
  in: ['wants it', 'lo quiere'],
  out: ['stopped it', 'lo detuvo'],
  unknown: ['not asked', 'sin preguntar'],
  allow: ['Note that they want it again', 'Anotar que lo quiere otra vez'],
  stop: ['Note that they stopped it', 'Anotar que lo detuvo'],
  why: ['How did they say it?', '¿Cómo lo dijo?'],
  note: ['Note', 'Anotar'],
  cancel: ['Cancel', 'Cancelar'],
  keyword: [(word: string) => `wrote “${word}”`, (word: string) => `escribió «${word}»`],
  preference: ['in the network’s app', 'en la app de la red'],
  refusal: ['the network refused', 'la red lo rechazó'],
  operator: [(name: string) => `noted by ${name}`, (name: string) => `lo anotó ${name}`],
  history: ['Earlier', 'Antes'],
});
