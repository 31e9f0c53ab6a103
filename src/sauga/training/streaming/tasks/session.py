"""One encoder that sends over WHIP: its picture and sound come by WebRTC and leave as MPEG-TS, like those of
a program over SRT. A process of its own, without the product's settings: `python -I session.py`.

It reads one line of JSON: the offer, the addresses and the port to listen at. Its first line on the standard
error output that begins with ANSWER is the answer; then nothing but media goes to the standard output. It
ends when the connection ends or nothing comes any more.

The decoding is aiortc's. What comes is encoded once, fast and without loss that anybody sees, because only so
can an encoder begin to read in the middle, whatever the browser has chosen and however it changes its size.
"""

import asyncio
import contextlib
import json
import logging
import os
import queue
import sys
import threading
import time
from fractions import Fraction
from typing import Any, override

import aioice.ice
import av
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av.audio.frame import AudioFrame
from av.video.frame import PictureType, VideoFrame

from sauga.training.streaming.rules.timeline import RATE, Clock, Picture, Sound

ANSWER, WHY = "WHIP-ANSWER ", "WHIP-END "
WIDTH, HEIGHT, FRAMES = 1280, 720, 30
TICKS = Fraction(1, 90_000)
KEYED = 0.9
"""Seconds from one keyframe to the next, however few frames come: there an encoder can begin."""
CONNECT_WITHIN, IDLE = 15.0, 8.0
"""Seconds until a connection must stand, and until one without sound and picture is ended."""
MOST_WAITING = 60
"""Frames that wait to be encoded; more are left out."""
SAMPLES = 1024
"""Samples in a frame of AAC."""
SILENCE = SAMPLES * 48


class OnePort(asyncio.SelectorEventLoop):
    """An event loop whose datagram sockets listen at the port of the broadcast, which firewalls let in."""

    port = 0

    @override
    async def create_datagram_endpoint(self, *given: Any, **named: Any) -> Any:
        """As any, at `port` where the caller asks for whichever is free."""
        address = named.get("local_addr")
        if address is not None and address[1] == 0:
            named["local_addr"] = address[0], self.port
        return await super().create_datagram_endpoint(*given, **named)


class Writer:
    """Puts frames onto one timeline and writes them, in a thread of its own."""

    def __init__(self) -> None:
        self.queue: queue.Queue[tuple[float, AudioFrame | VideoFrame] | None] = queue.Queue(MOST_WAITING)
        self.picture, self.sound = Picture(), Sound()
        self.clocks = {"audio": Clock(), "video": Clock()}
        self.latest: VideoFrame | None = None
        self.keyed = -KEYED
        self.fitting: tuple[tuple[int, int, str], av.filter.Graph] | None = None
        self.resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
        self.fifo = av.AudioFifo()
        self.output = av.open("pipe:1", "w", format="mpegts", options={"flush_packets": "1", "muxdelay": "0"})
        self.video = self.output.add_stream("libx264", rate=FRAMES)
        self.video.width, self.video.height, self.video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        self.video.codec_context.time_base = TICKS
        self.video.codec_context.gop_size = 10 * FRAMES
        self.video.codec_context.options = {
            "preset": "ultrafast",
            "tune": "zerolatency",
            "crf": "20",
            "maxrate": "6M",
            "bufsize": "6M",
        }
        self.audio = self.output.add_stream("aac", rate=RATE, layout="stereo")
        self.audio.codec_context.bit_rate = 128_000
        self.began = time.monotonic()
        self.came = self.began
        self.thread = threading.Thread(target=self.run, daemon=True)

    def put(self, frame: AudioFrame | VideoFrame) -> None:
        """Hand over a frame that has just come; left out when too many wait."""
        self.came = time.monotonic()
        with contextlib.suppress(queue.Full):
            self.queue.put_nowait((self.came - self.began, frame))

    def run(self) -> None:
        """Until it is told that nothing follows."""
        while (item := self.queue.get()) is not None:
            arrived, frame = item
            if frame.pts is None or frame.time_base is None:
                continue
            own = float(frame.pts * frame.time_base)
            if isinstance(frame, VideoFrame):
                self._see(frame, self.clocks["video"].place(own, arrived))
            else:
                self._hear(frame, self.clocks["audio"].place(own, arrived))

    def _see(self, frame: VideoFrame, at: float) -> None:
        if not self.picture.takes(at):
            return
        self.latest = self._fitted(frame)
        self._show(at)
        if missing := self.sound.missing(at):
            self._silence(missing)

    def _show(self, at: float) -> None:
        if self.latest is None:
            return
        self.latest.pts, self.latest.time_base = round(at / TICKS), TICKS
        is_key = at - self.keyed >= KEYED
        self.keyed = at if is_key else self.keyed
        self.latest.pict_type = PictureType.I if is_key else PictureType.NONE
        self.output.mux(self.video.encode(self.latest))

    def _hear(self, frame: AudioFrame, at: float) -> None:
        if self.latest is None:  # the recording begins with a picture
            return
        silent = self.sound.before(at)
        if silent is None:
            return
        self._silence(silent)
        for one in self.resampler.resample(frame):
            self._sound(one)
        if (again := self.picture.repeated_at(at)) is not None:
            self._show(again)

    def _silence(self, samples: int) -> None:
        while samples > 0:
            count = min(samples, SILENCE)
            frame = AudioFrame(format="fltp", layout="stereo", samples=count)
            frame.sample_rate = RATE
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            self._sound(frame)
            samples -= count

    def _sound(self, frame: AudioFrame) -> None:
        frame.pts = None  # counted here: the row has no gaps
        begin = self.sound.add(frame.samples) - self.fifo.samples
        self.fifo.write(frame)
        for whole in self.fifo.read_many(SAMPLES):
            whole.pts, whole.time_base = begin, Fraction(1, RATE)
            begin += SAMPLES
            self.output.mux(self.audio.encode(whole))

    def _fitted(self, frame: VideoFrame) -> VideoFrame:
        """The frame at the size of the picture, with bars where it has another shape."""
        if (frame.width, frame.height) == (WIDTH, HEIGHT):
            return frame.reformat(format="yuv420p")
        form = frame.width, frame.height, frame.format.name
        if self.fitting is None or self.fitting[0] != form:
            graph = av.filter.Graph()
            source = graph.add_buffer(width=form[0], height=form[1], format=form[2], time_base=TICKS)
            scale = graph.add("scale", f"{WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease")
            pad = graph.add("pad", f"{WIDTH}:{HEIGHT}:(ow-iw)/2:(oh-ih)/2")
            shape = graph.add("format", "yuv420p")
            graph.link_nodes(source, scale, pad, shape, graph.add("buffersink")).configure()
            self.fitting = form, graph
        self.fitting[1].push(frame)
        fitted = self.fitting[1].pull()
        assert isinstance(fitted, VideoFrame)
        return fitted


class Session:
    """One connection: offer in, answer out, then media until it ends."""

    def __init__(self) -> None:
        here = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        self.peer = RTCPeerConnection(here)
        self.writer = Writer()
        self.tracks: list[MediaStreamTrack] = []
        self.ended = asyncio.Event()
        self.stood = asyncio.Event()
        self.peer.on("track", self.tracks.append)
        self.peer.on("connectionstatechange", self._changed)

    def _changed(self) -> None:
        if self.peer.connectionState == "connected":
            self.stood.set()
        elif self.peer.connectionState in {"failed", "closed"}:
            self.ended.set()

    async def answer(self, offer: str) -> str:
        """The answer to an offer; what an offer should not say raises whatever aiortc finds."""
        await self.peer.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        await self.peer.setLocalDescription(await self.peer.createAnswer())
        return str(self.peer.localDescription.sdp)

    async def run(self) -> str:
        """Until it ends; the reason in a word."""
        readers = [asyncio.create_task(self._read(track)) for track in self.tracks]
        self.writer.thread.start()
        ending = asyncio.create_task(self.ended.wait())
        try:
            return await self._watch(ending)
        finally:
            for task in (*readers, ending):
                task.cancel()
            await asyncio.wait_for(self.peer.close(), 2)

    async def _watch(self, ending: asyncio.Task[bool]) -> str:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stood.wait(), CONNECT_WITHIN)
        if not self.stood.is_set():
            return "unconnected"
        while not ending.done():
            await asyncio.wait({ending}, timeout=0.5)
            if not self.writer.thread.is_alive():
                return "unwritten"
            if time.monotonic() - self.writer.came > IDLE:
                return "idle"
        return "closed"

    async def _read(self, track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                if isinstance(frame, (AudioFrame, VideoFrame)):
                    self.writer.put(frame)


async def serve(given: dict[str, Any]) -> None:
    """One session, from its offer to its end."""
    session = Session()
    answer = await session.answer(given["offer"])
    _say(ANSWER + json.dumps({"answer": answer}))
    _say(WHY + await session.run())


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def main() -> None:
    """Serve the one session that the standard input describes."""
    given = json.loads(sys.stdin.readline())
    logging.basicConfig(level=logging.ERROR)
    if given["addresses"]:
        aioice.ice.get_host_addresses = lambda **_kinds: list(given["addresses"])
    OnePort.port = given["port"]
    with asyncio.Runner(loop_factory=OnePort) as runner:
        runner.run(serve(given))
    sys.stdout.flush()
    os._exit(0)  # threads that wait for a pipe do not hold it up


if __name__ == "__main__":
    main()
