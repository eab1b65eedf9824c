import { dictionary } from '@/ui/words';

/** Sending later. */
export const words = dictionary({
  later: ['Send later', 'Enviar más tarde'],
  reschedule: ['Reschedule', 'Reprogramar'],
  inAnHour: ['In an hour', 'En una hora'],
  tonight: ['This evening', 'Esta noche'],
  tomorrow: ['Tomorrow morning', 'Mañana a la mañana'],
  monday: ['Monday morning', 'El lunes a la mañana'],
  other: ['Reschedule', 'Reprogramar'],
  set: ['Schedule', 'Programar'],
  closes: [
    (time: string) => `The reply window closes ${time}. Anything later would be refused.`,
    (time: string) => `La ventana de respuesta cierra ${time}: más tarde sería rechazado.`,
  ],
  past: ['That time has already passed.', 'Ese momento ya pasó.'],
});
