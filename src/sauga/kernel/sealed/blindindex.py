"""The blind index: a keyed digest by which a sealed value can be found again but not guessed from the
database alone."""

from sauga.kernel.sealed import files
from sauga.kernel.sealed.primitives.envelopes import digest
from sauga.kernel.sealed.zones import Zone


def blind(zone: Zone, purpose: str, value: str) -> bytes:
    """32 bytes, equal for equal values of one zone and purpose. The caller normalises the value first.

    For addresses, registrable domains, hashes and receipt look-ups only: a value from a small set could be
    tried out by a person who also holds the key file.
    """
    framed = b"".join(
        len(part).to_bytes(4, "big") + part
        for part in (p.encode("utf-8", "surrogatepass") for p in (zone, purpose, value))
    )
    return digest(framed, key=files.subkey(files.INDEX, "sauga.blind"))
