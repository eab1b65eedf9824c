import { dictionary } from '@/ui/words';

/** Sending later. */
export const words = dictionary({
  later: ['Send later', 'Enviar más tarde'],
  reschedule: ['Send at another time', 'Enviar en otro momento'],
  inAnHour: ['In an hour', 'En una hora'],
  tonight: ['This evening', 'Esta noche'],
  tomorrow: ['Tomorrow morning', 'Mañana a la mañana'],
  monday: ['Monday morning', 'El lunes a la mañana'],
  other: ['Another time', 'Otro momento'],
  set: ['Schedule', 'Programar'],
  closes: [
    (time: string) => `The reply window closes ${time}: later than that it would be refused.`,
    (time: string) => `La ventana de respuesta cierra ${time}: más tarde sería rechazado.`,
  ],
  past: ['That moment has passed.', 'Ese momento ya pasó.'],
});
