import { preferences, type Preferences } from '@/ui/preferences';

/** One customer's message that somebody may want to hear of. */
export interface News {
  conversation: string;
  name: string;
  text: string;
  /** Whether it waits for a person rather than for the AI. */
  forHuman: boolean;
}

/** Minutes since midnight of "22:30". */
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Whether a moment lies in the quiet hours, which may go over midnight. */
export function isQuiet({ quietFrom, quietTo }: Pick<Preferences, 'quietFrom' | 'quietTo'>, now: Date): boolean {
  if (!quietFrom || !quietTo || quietFrom === quietTo) return false;
  const [from, to, at] = [minutes(quietFrom), minutes(quietTo), now.getHours() * 60 + now.getMinutes()];
  return from < to ? at >= from && at < to : at >= from || at < to;
}

/** Two short notes, made here: no file to load. Browsers play them once the person has clicked somewhere. */
function chime() {
  const sound = new AudioContext();
  [880, 1174.7].forEach((pitch, index) => {
    const [note, volume, at] = [sound.createOscillator(), sound.createGain(), sound.currentTime + index * 0.12];
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
    note.connect(volume).connect(sound.destination);
    note.start(at);
    note.stop(at + 0.32);
  });
  setTimeout(() => void sound.close(), 800);
}

let missed = 0;
const listeners = new Set<() => void>();
const count = (n: number) => {
  missed = n;
  for (const listener of listeners) listener();
};

/** Messages that came while nobody looked at this tab, for its title. */
export const unseen = {
  get: () => missed,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

if (typeof document !== 'undefined') document.addEventListener('visibilitychange', () => !document.hidden && missed > 0 && count(0));

let soundedAt = 0;

/** Tells of a message by the means the operator chose. Several in a moment sound once. */
export function tell(news: News, onOpen: () => void) {
  const wanted = preferences.get();
  if (wanted.alertFor === 'human' && !news.forHuman) return;
  if (document.hidden) count(missed + 1);
  if (isQuiet(wanted, new Date())) return;
  if (wanted.sound && Date.now() - soundedAt > 1_500) {
    soundedAt = Date.now();
    chime();
  }
  if (!wanted.desktop || !document.hidden || typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const shown = new Notification(news.name, { body: news.text, tag: news.conversation, icon: '/favicon.svg' });
  shown.onclick = () => {
    window.focus();
    onOpen();
    shown.close();
  };
}
