"""Reproducible archives: sorted names, a fixed date, one kind of compression. When reading, no path may leave
the folder.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping

DAY_ONE = (1980, 1, 1, 0, 0, 0)
FILE = 0o100644 << 16


def packed(files: Mapping[str, bytes], *, first: str = "") -> bytes:
    """A ZIP archive of these files; `first` is stored uncompressed at its start.

    Raises ValueError for an upward path.
    """
    target = io.BytesIO()
    names = sorted(files, key=lambda name: (name != first, name))
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            if not is_below(name):
                raise ValueError(name)
            entry = zipfile.ZipInfo(name, DAY_ONE)
            entry.external_attr = FILE
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=9)
    return target.getvalue()


def is_below(name: str) -> bool:
    """Whether a name stays in the folder it is unpacked into."""
    parts = name.replace("\\", "/").split("/")
    return (
        bool(name)
        and not name.startswith(("/", "\\"))
        and ":" not in parts[0]
        and not {"", ".", ".."} & set(parts)
    )


def digest(content: bytes) -> str:
    """The checksum shown beside a download."""
    return hashlib.sha256(content).hexdigest()
