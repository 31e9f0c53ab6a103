"""What the synthetic hosts show: neutral placeholder words, never anything else."""

from html import escape

HOME = (
    "Sveiki atvykę. Welcome. Tai sintetinio interneto pradžios puslapis. This is the home page of a "
    "synthetic site."
)
ITEM = (
    "Bandomasis įrašas. Placeholder item. Šis puslapis sukurtas programai išbandyti ir jame nėra jokio "
    "tikro turinio. "
    "This page was made to try out software and holds no real content. Kodas, code: {code}."
)
OTHER = (
    "Straipsnis apie bandymų gėlyną. An article about a test flower bed: tulips, irises, lilies. Nothing "
    "else is told here."
)
REMOVED_LT = "Įrašas pašalintas. Šis turinys buvo pašalintas, nes pažeidė naudojimo taisykles."
REMOVED_EN = "This content has been removed because it violated our terms of use."
SUSPENDED = "This account has been suspended. Contact your hosting provider for more information."
GEO = "This content is not available in your country. Šis turinys jūsų šalyje nepasiekiamas."
PARKED = "This domain is for sale. Buy this domain. Šis domenas parduodamas."
SEARCH = "Paieška. Search results: nothing found. Nieko nerasta."
CHALLENGE = (
    "Checking your browser before accessing the site. Please verify that you are human. Patvirtinkite, kad "
    "nesate robotas."
)
LOGIN = "Prisijunkite, kad galėtumėte tęsti. Please log in to continue."
LOGIN_FORM = (
    '<form method="post" action="/login"><input name="user"><input name="password" '
    'type="password"><button>Log in</button></form>'
)
ERROR = "The server could not answer."
NOT_FOUND = "Puslapis nerastas. Page not found."


def html(
    text: str, *, title: str = "Bandomasis puslapis", head: str = "", more: str = "", charset: str = "utf-8"
) -> bytes:
    """One small page around a sentence."""
    page = (
        f'<!doctype html><html lang="lt"><head><meta '
        f'charset="{charset}"><title>{escape(title)}</title>{head}</head>'
        f"<body><h1>{escape(title)}</h1><p>{escape(text)}</p>{more}</body></html>"
    )
    return page.encode(charset, "xmlcharrefreplace")


def refresh(target: str, seconds: int = 0) -> bytes:
    """A page that sends its reader on by itself."""
    return html(
        "Nukreipiama. Redirecting.",
        head=f'<meta http-equiv="refresh" content="{seconds}; url={escape(target)}">',
    )
