/** What browsers record, best first; the server turns it into what the network takes as a voice note. */
const forms = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4', 'audio/webm'];

/** Bars a second of the live waveform. */
const barsPerSecond = 12;

export interface Recorded {
  file: File;
  seconds: number;
}

/** Whether this page may record at all: browsers give the microphone to https (and this machine) only. */
export const canRecord = () => typeof MediaRecorder !== 'undefined' && !!navigator.mediaDevices?.getUserMedia;

/** One recording under way: the microphone is open from {@link Recording.start} until it is stopped or thrown away. */
export class Recording {
  private readonly chunks: Blob[] = [];
  private readonly startedAt = performance.now();
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly recorder: MediaRecorder;
  private readonly sound: AudioContext;
  private readonly microphone: MediaStream;

  private constructor(microphone: MediaStream, onLevel: (level: number) => void) {
    this.microphone = microphone;
    const mimeType = forms.find((form) => MediaRecorder.isTypeSupported(form));
    this.recorder = new MediaRecorder(microphone, { ...(mimeType ? { mimeType } : {}), audioBitsPerSecond: 32_000 });
    this.recorder.ondataavailable = ({ data }) => data.size > 0 && this.chunks.push(data);
    this.sound = new AudioContext();
    const ear = this.sound.createAnalyser();
    ear.fftSize = 1024;
    this.sound.createMediaStreamSource(microphone).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    this.timer = setInterval(() => {
      ear.getFloatTimeDomainData(samples);
      onLevel(Math.min(1, Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length) * 5));
    }, 1000 / barsPerSecond);
    this.recorder.start(250);
  }

  /** Asks for the microphone and begins. Rejects when the person or the machine refuses it. */
  static async start(onLevel: (level: number) => void): Promise<Recording> {
    return new Recording(await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, channelCount: 1 } }), onLevel);
  }

  get seconds() {
    return (performance.now() - this.startedAt) / 1000;
  }

  async stop(): Promise<Recorded> {
    const { seconds } = this;
    const stopped = new Promise((done) => this.recorder.addEventListener('stop', done, { once: true }));
    if (this.recorder.state !== 'inactive') {
      this.recorder.stop();
      await stopped;
    }
    this.close();
    const type = (this.recorder.mimeType || 'audio/webm').split(';')[0]!;
    return { file: new File(this.chunks, `voice.${type.split('/')[1]}`, { type }), seconds };
  }

  discard() {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    this.close();
  }

  private close() {
    clearInterval(this.timer);
    for (const track of this.microphone.getTracks()) track.stop();
    void this.sound.close();
  }
}
