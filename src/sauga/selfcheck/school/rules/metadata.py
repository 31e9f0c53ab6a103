"""What a file says about its maker and its place, found in its bytes. Images are written anew by the kernel
without any of it; a PDF is kept as it is, so one that names a person is returned. Bounded: each pattern is
searched once over at most the first and last megabyte, and nothing is decoded.
"""

import re

WINDOW = 1 << 20
_PLACE = re.compile(rb"GPSLatitude|GPSLongitude|exif:GPS|/GPTS\b")
_NAMED = re.compile(
    rb"/Author\s{0,8}(?:\((?!\s{0,64}\))|<(?!\s{0,64}>))|<dc:creator>\s{0,64}(?:<rdf:Seq>\s{0,64})?<rdf:li[^>]{0,64}>[^<\s]"
)


def tells_of_people(content: bytes) -> bool:
    """Whether a PDF names its author or a place."""
    window = content if len(content) <= 2 * WINDOW else content[:WINDOW] + content[-WINDOW:]
    return bool(_PLACE.search(window) or _NAMED.search(window))
