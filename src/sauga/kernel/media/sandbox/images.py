"""Images: decoded, turned upright, and written anew without metadata; smaller sizes as WebP."""

import os
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from sauga.kernel.media.sandbox.refusal import Refused

FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}
SEVERAL_VIEWS = "MPO"
"""What telephones write: a JPEG with further views behind it, of which the first one is kept."""
MOST_FRAMES = 300
ORIENTATION = 0x0112
PREVIEW_QUALITY, QUALITY = 80, 92
LAYERS = {"RGB", "RGBA"}

Image.init()


def opened(job: dict[str, Any]) -> Image.Image:
    """The image, not yet decoded, within the bounds of the job. Raises Refused."""
    Image.MAX_IMAGE_PIXELS = None  # ours is stricter and is asked before anything is decoded
    image = Image.open(job["source"], formats=list(FORMATS))
    width, height = image.size
    frames = frames_of(image)
    if max(width, height) > job["side"] or width * height > job["pixels"] or min(width, height) < 1:
        raise Refused("sides")
    if frames > MOST_FRAMES or frames * width * height > 4 * job["pixels"]:
        raise Refused("sides")
    return image


def frames_of(image: Image.Image) -> int:
    """How many pictures an animation has."""
    return 1 if image.format == SEVERAL_VIEWS else getattr(image, "n_frames", 1)


def clean(job: dict[str, Any]) -> dict[str, Any]:
    """Write the image anew to `target`: the same format, upright, with its colour profile and nothing else
    that was in the file."""
    image = opened(job)
    form, frames = str(image.format), frames_of(image)
    if wanted := job.get("as"):
        return _converted(image, wanted, job)
    colours = {"icc_profile": image.info["icc_profile"]} if image.info.get("icc_profile") else {}
    turned = frames == 1 and image.getexif().get(ORIENTATION, 1) != 1
    more: dict[str, Any] = {}
    if form == SEVERAL_VIEWS:
        form, more = "JPEG", {"quality": QUALITY}
    elif form == "JPEG":
        more = {"quality": QUALITY if turned else "keep"}
    elif form == "WEBP":
        more = {"quality": QUALITY, "method": 4}
    if frames > 1:
        more |= {"save_all": True}
        more |= {name: image.info[name] for name in ("duration", "loop") if name in image.info}
    image.load()
    upright = ImageOps.exif_transpose(image) if turned else image
    upright.info = {name: value for name, value in upright.info.items() if name in {"transparency"}}
    upright.save(job["target"], form, **colours, **more, **({"exif": b""} if form != "GIF" else {}))
    return {"mime": FORMATS[form], "width": upright.width, "height": upright.height, "frames": frames}


def _converted(image: Image.Image, form: str, job: dict[str, Any]) -> dict[str, Any]:
    """The first picture in another format, in plain colours."""
    upright = ImageOps.exif_transpose(image)
    picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    picture.info = {}
    picture.save(job["target"], form)
    return {"mime": FORMATS[form], "width": picture.width, "height": picture.height, "frames": 1}


def previews(job: dict[str, Any]) -> dict[str, Any]:
    """WebP files of the widths asked for, none larger than the image, in the folder `target`."""
    image = opened(job)
    image.draft("RGB", (max(job["widths"]), max(job["widths"]) * 4))
    image.load()
    return {"made": shrunk(image, 1, job)}


def shrunk(image: Image.Image, page: int, job: dict[str, Any]) -> list[dict[str, Any]]:
    """Each width of one page as a file; at least one, so that a small image has a preview, too."""
    picture = image if image.mode in LAYERS else image.convert("RGBA" if "A" in image.getbands() else "RGB")
    if picture.mode == "RGB" and "transparency" in image.info:
        picture = image.convert("RGBA")
    made = []
    for width in sorted({min(one, picture.width) for one in job["widths"]}):
        height = min(max(1, round(picture.height * width / picture.width)), 4 * width)
        smaller = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        name = f"{page}-{width}.webp"
        path = Path(job["target"]) / name
        smaller.save(path, "WEBP", quality=PREVIEW_QUALITY, method=4)
        size = os.stat(path).st_size
        made.append({"page": page, "width": width, "height": height, "name": name, "size": size})
    return made
