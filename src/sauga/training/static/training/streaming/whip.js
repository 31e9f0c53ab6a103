// Sends camera, microphone or screen over WHIP (RFC 9725): one connection, made again by itself whenever it is lost, until it is stopped.
const WAITS = [300, 1000, 2000, 4000], LOST = 2500, CONNECT = 10000;
const MOST = { video: 2500000, audio: 96000 };
const FINAL = { 409: "busy", 400: "unserved", 415: "unserved", 422: "unserved", 501: "unserved", 403: "unserved" };

export class Publisher {
  // `ask` fetches the address and the token; `told` hears of every state: connecting, sending, reconnecting, stopped, or why not.
  constructor(ask, told) {
    this.ask = ask;
    this.told = told;
    this.tries = 0;
    addEventListener("pagehide", () => this.stop());
  }

  start(stream) {
    Object.assign(this, { stream, wanted: true, tries: 0, hadConnection: false });
    this.say("connecting");
    return this.connect();
  }

  stop(why = "stopped") {
    if (!this.wanted) return;
    this.wanted = false;
    this.leave();
    this.say(why);
  }

  // Another camera, microphone or screen without a new connection.
  replace(track) {
    const sender = this.peer?.getSenders().find((one) => one.track?.kind === track.kind);
    return sender?.replaceTrack(track);
  }

  say(state) {
    if (this.state !== state) this.told(this.state = state);
  }

  // Ends the connection and tells the server so, also while the page is being closed.
  leave() {
    clearTimeout(this.timer);
    this.peer?.close();
    this.peer = null;
    if (this.session) this.end(this.session);
    this.session = null;
  }

  end(session) {
    fetch(session, { method: "DELETE", keepalive: true, headers: { Authorization: `Bearer ${this.token}` } }).catch(() => {});
  }

  async connect() {
    const peer = this.peer = new RTCPeerConnection({ bundlePolicy: "max-bundle", iceServers: [] });
    peer.addEventListener("connectionstatechange", () => this.changed(peer));
    try {
      for (const track of this.stream.getTracks()) {
        peer.addTransceiver(track, { direction: "sendonly", streams: [this.stream], sendEncodings: [{ maxBitrate: MOST[track.kind] }] });
      }
      await peer.setLocalDescription();
      const asked = await this.ask();
      if (!asked) return this.stop("closed");
      this.token = asked.token;
      const answer = await fetch(asked.address, {
        method: "POST", body: peer.localDescription.sdp,
        headers: { "Content-Type": "application/sdp", Authorization: `Bearer ${this.token}` },
      });
      if (answer.status !== 201) return this.refused(answer.status);
      const session = answer.headers.get("Location");
      const sdp = await answer.text();
      if (peer !== this.peer) return this.end(session); // stopped meanwhile
      this.session = session;
      await peer.setRemoteDescription({ type: "answer", sdp });
      this.timer = setTimeout(() => { if (peer.connectionState !== "connected") this.again(peer); }, CONNECT);
    } catch { this.again(peer); }
  }

  // Who had a connection tries again, whatever the server says: its worker may just be starting.
  refused(status) {
    if (FINAL[status] && !this.hadConnection) return this.stop(FINAL[status]);
    this.again(this.peer);
  }

  changed(peer) {
    if (peer !== this.peer) return;
    if (peer.connectionState === "connected") {
      clearTimeout(this.timer);
      this.tries = 0;
      this.hadConnection = true;
      this.say("sending");
    } else if (peer.connectionState === "failed") this.again(peer);
    else if (peer.connectionState === "disconnected") this.timer = setTimeout(() => this.again(peer), LOST);
  }

  again(peer) {
    if (!this.wanted || peer !== this.peer || peer === null) return;
    this.leave();
    this.say(this.hadConnection ? "reconnecting" : "connecting");
    this.timer = setTimeout(() => { if (this.wanted) this.connect(); }, WAITS[Math.min(this.tries++, WAITS.length - 1)]);
  }
}
