"""What a member recognises a browser by: its family and its system, nothing that tells two of them apart."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """A coarse name, such as “Firefox, Linux”; empty for a program that names neither.

    >>> device_of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    >>> device_of("curl/8.14")
    ''
    """
    text = user_agent[:400]
    found = [next((name for mark, name in marks if mark in text), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))
