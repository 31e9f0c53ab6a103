"""The arguments of ffmpeg for a broadcast: one input, two pictures and a sound-only form, as HLS in fMP4.

Segments are two seconds, each begins with a keyframe (RFC 8216 §6.2.1), and is written under another name
first. Whatever comes is encoded anew: a stream that is passed on as it comes breaks for some viewers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 2
FRAMES = 25
"""Frames a second."""
LATENCY = 200_000
"""Microseconds in which SRT asks again for what was lost on the way."""


@dataclass(frozen=True)
class Rendition:
    """One form of the broadcast; `height` 0: sound only."""

    name: str
    height: int
    video: int
    audio: int

    @property
    def width(self) -> int:
        """16:9."""
        return self.height * 16 // 9

    @property
    def bandwidth(self) -> int:
        """The most that it needs, in bits a second, with its container."""
        return round((self.video * 1.1 + self.audio) * 1.07) * 1000


RENDITIONS = (Rendition("720", 720, 1200, 64), Rendition("360", 360, 400, 64), Rendition("audio", 0, 0, 64))
MAIN = RENDITIONS[0].name
LOW = RENDITIONS[1].name
SOUND = RENDITIONS[2].name

INGEST = "ingest.ffconcat"
"""The name of the file that names the input: so the passphrase is in no list of processes."""


def ingest_file(host: str, port: int, passphrase: str) -> str:
    """What INGEST holds: where ffmpeg waits for one program, which must know the passphrase.

    `passphrase` is of letters, digits and dashes only; SRT takes 10 to 79 characters.
    """
    options = f"mode=listener&passphrase={passphrase}&pbkeylen=16&enforced_encryption=1&latency={LATENCY}"
    return f"ffconcat version 1.0\nfile 'srt://{host}:{port}?{options}'\n"


def receiver(program: str, folder: Path) -> list[str]:
    """Waits for one program, as `folder`/INGEST says, and writes its picture and sound on as they are."""
    return [
        *(program, "-hide_banner", "-nostdin", "-loglevel", "level+warning"),
        *("-protocol_whitelist", "file,srt,udp", "-analyzeduration", "3000000", "-probesize", "3000000"),
        *("-f", "concat", "-safe", "0", "-i", str(folder / INGEST)),
        *("-map", "0:v:0", "-map", "0:a:0", "-c", "copy", "-map_metadata", "-1"),
        *("-muxdelay", "0", "-muxpreload", "0", "-flush_packets", "1", "-f", "mpegts", "pipe:1"),
    ]


def from_receiver() -> list[str]:
    """The input that a receiver hands on."""
    return [
        *("-protocol_whitelist", "pipe,file", "-analyzeduration", "2000000", "-probesize", "2000000"),
        *("-f", "mpegts", "-i", "pipe:0"),
    ]


def from_film(path: str, begin: float) -> list[str]:
    """The input of a recording, at the speed at which it is watched, from so many seconds on."""
    return ["-protocol_whitelist", "file", "-re", *(("-ss", f"{begin:.2f}") if begin > 0 else ()), "-i", path]


def encoder(program: str, given: Sequence[str], folder: Path, raw: Path, token: str) -> list[str]:
    """The whole command: segments go to `folder`, ffmpeg's own playlists and beginnings to `raw`.

    `token` begins every name of this run, so that no name means two things.
    """
    seen = [one for one in RENDITIONS if one.height]
    splits = "".join(f"[v{one.name}]" for one in seen[1:])
    first = seen[0]
    fit = f"{first.width}:{first.height}"
    picture = (
        f"[0:v:0]fps={FRAMES},scale={fit}:force_original_aspect_ratio=decrease,"
        f"pad={fit}:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuv420p,split={len(seen)}[p{first.name}]{splits}"
    )
    scaled = [f"[v{one.name}]scale={one.width}:{one.height}[p{one.name}]" for one in seen[1:]]
    sounds = "".join(f"[s{one.name}]" for one in RENDITIONS)
    sound = (
        "[0:a:0]aresample=48000:async=1000:first_pts=0,aformat=channel_layouts=stereo,"
        f"asplit={len(RENDITIONS)}{sounds}"
    )
    maps = [word for one in seen for word in ("-map", f"[p{one.name}]")]
    maps += [word for one in RENDITIONS for word in ("-map", f"[s{one.name}]")]
    rates: list[str] = []
    for place, one in enumerate(seen):
        rates += [f"-b:v:{place}", f"{one.video}k", f"-maxrate:v:{place}", f"{round(one.video * 1.1)}k"]
        rates += [f"-bufsize:v:{place}", f"{one.video * 2}k"]
    rates += [word for place, one in enumerate(RENDITIONS) for word in (f"-b:a:{place}", f"{one.audio}k")]
    variants = " ".join(
        f"v:{place},a:{place},name:{one.name}" if one.height else f"a:{place},name:{one.name}"
        for place, one in enumerate(RENDITIONS)
    )
    keyframes = str(FRAMES * SECONDS)
    return [
        *(program, "-hide_banner", "-loglevel", "level+warning"),
        *("-progress", "pipe:1", "-stats_period", "1"),
        *given,
        *("-filter_complex", ";".join((picture, *scaled, sound)), *maps),
        *("-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "main"),
        *("-g", keyframes, "-keyint_min", keyframes, "-sc_threshold", "0"),
        *("-c:a", "aac", *rates, "-map_metadata", "-1"),
        *("-f", "hls", "-hls_time", str(SECONDS), "-hls_list_size", "12", "-hls_segment_type", "fmp4"),
        *("-hls_flags", "independent_segments+program_date_time+temp_file"),
        *("-hls_segment_filename", str(folder / f"{token}-%v-%05d.m4s")),
        *("-hls_fmp4_init_filename", f"{token}-%v-init.mp4", "-var_stream_map", variants),
        str(raw / f"{token}-%v.m3u8"),
    ]


def joined(program: str, listed: Path, made: Path) -> list[str]:
    """One MP4 of the parts that `listed` names (ffconcat), nothing encoded anew; it plays while it loads."""
    return [
        *(program, "-hide_banner", "-nostdin", "-loglevel", "level+warning", "-y"),
        *("-protocol_whitelist", "file", "-f", "concat", "-safe", "0", "-i", str(listed)),
        *("-c", "copy", "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", str(made)),
    ]
