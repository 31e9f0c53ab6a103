"""Case forms of Lithuanian names (Tomas, Tomo, Tomui, Tomą, Tomu, Tome), also of diminutives (Tomukas,
Onutė).
"""

from collections.abc import Iterator

ENDINGS = {
    "ius": ("ius", "iaus", "iui", "ių", "iumi", "ium", "iuje", "iuj", "iau"),
    "jus": ("jus", "jaus", "jui", "jų", "jumi", "jum", "juje", "jau"),
    "us": ("us", "aus", "ui", "ų", "umi", "um", "uje", "uj", "au"),
    "ias": ("ias", "io", "iui", "ią", "iu", "yje", "iai"),
    "as": ("as", "o", "ui", "ą", "u", "e", "ai", "uje", "ei"),
    "ys": ("ys", "io", "iui", "į", "iu", "yje", "yj", "y"),
    "is": ("is", "io", "iui", "į", "iu", "yje", "yj", "y", "i"),
    "ė": ("ė", "ės", "ei", "ę", "ėje", "ėj", "e"),
    "a": ("a", "os", "ai", "ą", "oje", "oj"),
    "os": ("os", "ų", "oms", "om", "as", "omis", "ose"),
    "ės": ("ės", "ių", "ėms", "ėm", "es", "ėmis", "ėse"),
    "ai": ("ai", "ų", "ams", "am", "us", "ais", "uose", "uos"),
    "iai": ("iai", "ių", "iams", "iam", "ius", "iais", "iuose", "iuos"),
}
SMALL = {
    "as": ("ukas", "elis", "iukas"),
    "us": ("ukas",),
    "ius": ("iukas", "ukas"),
    "a": ("utė", "ytė", "elė"),
    "ė": ("utė", "ytė", "elė"),
}
SOFT = (("t", "č"), ("d", "dž"))


def forms(name: str, *, plural: bool = False) -> Iterator[str]:
    """The forms of a name given in its first form, itself among them.

    `plural` for settlements such as Šiauliai, Trakai, Grigiškės.
    """
    found = _ending(name, plural)
    if found is None:
        yield name
        return
    stem = name.removesuffix(found)
    yield from (_joined(stem, ending) for ending in ENDINGS[found])


def small_forms(name: str) -> Iterator[str]:
    """Endearments and their forms: Onutė, Tomuko."""
    found = _ending(name, plural=False) or ""
    for suffix in SMALL.get(found, ()):
        yield from forms(name.removesuffix(found) + suffix)


def _ending(name: str, plural: bool) -> str | None:
    singular = ("jus", "ius", "us", "ias", "as", "ys", "is", "ė", "a")
    candidates = ("iai", "ai", "ės", "os", "ys", *singular) if plural else singular
    return next((ending for ending in candidates if name.endswith(ending)), None)


def _joined(stem: str, ending: str) -> str:
    """t and d soften before io, iui, iu (Rytis, Ryčio); j takes in the i (Pakruojis, Pakruojo)."""
    if ending in ("io", "iui", "iu"):
        for hard, soft in SOFT:
            if stem.endswith(hard):
                return stem.removesuffix(hard) + soft + ending
    return stem + (ending[1:] if stem.endswith("j") and ending[0] == "i" and len(ending) > 1 else ending)
