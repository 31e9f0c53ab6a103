// How far a live picture is behind the newest one: it begins near it, and comes nearer by playing a little faster, which nobody hears,
// as long as more is ready than the reserve. A picture that had to wait for its next segment keeps more in reserve from then on.
const SEGMENT = 2, RESERVE = 1, MOST_RESERVE = 6, JUDGED = 5, FASTER = 1.1;

// Seconds behind the newest picture at which it begins.
export const NEAR = SEGMENT + RESERVE;

export class LiveEdge {
  constructor(video, hasBegun) {
    this.video = video;
    this.reserve = RESERVE;
    this.seen = [];
    video.addEventListener("timeupdate", () => this.approach());
    video.addEventListener("waiting", () => { if (hasBegun()) this.reserve = Math.min(MOST_RESERVE, this.reserve + 1); });
  }

  // Seconds of picture that are ready beyond the one that is shown.
  ahead() {
    const { buffered, currentTime } = this.video;
    return buffered.length ? buffered.end(buffered.length - 1) - currentTime : 0;
  }

  // To where it begins: what was made ready before somebody asked for it has grown old meanwhile.
  goTo() { if (this.ahead() > NEAR) this.video.currentTime += this.ahead() - NEAR; }

  // The least that was ready in the last seconds, which is the moment before a segment came, decides the speed.
  approach() {
    if (![1, FASTER].includes(this.video.playbackRate)) return; // a speed that the viewer has chosen
    const second = Math.floor(performance.now() / 1000);
    this.seen = this.seen.filter((one) => one.second > second - JUDGED);
    this.seen.push({ second, ahead: this.ahead() });
    const isJudged = this.seen[0].second < second - JUDGED + 2;
    this.video.playbackRate = isJudged && Math.min(...this.seen.map((one) => one.ahead)) > this.reserve ? FASTER : 1;
  }
}
