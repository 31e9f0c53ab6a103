// The level of a sound, shown in a <meter> from -60 dB to 0 dB, and whether nothing has been heard for a while.
const QUIET = 0.04, QUIET_AFTER = 6000, LOOK = 150;

export class Level {
  // `told` hears whether it is quiet.
  constructor(meter, told) {
    this.meter = meter;
    this.told = told;
    this.heard = performance.now();
  }

  listen(track) {
    this.track = track;
    this.context ??= new AudioContext();
    this.input?.disconnect();
    this.node = this.context.createAnalyser();
    this.input = this.context.createMediaStreamSource(new MediaStream([track]));
    this.input.connect(this.node);
    this.samples = new Float32Array(this.node.fftSize);
    this.timer ??= setInterval(() => this.look(), LOOK);
  }

  look() {
    this.node.getFloatTimeDomainData(this.samples);
    const loud = Math.sqrt(this.samples.reduce((sum, one) => sum + one * one, 0) / this.samples.length);
    this.meter.value = Math.max(0, Math.min(1, 1 + (20 * Math.log10(loud || 1e-6)) / 60));
    if (this.meter.value > QUIET || !this.track.enabled) this.heard = performance.now();
    this.told(performance.now() - this.heard > QUIET_AFTER);
  }
}
