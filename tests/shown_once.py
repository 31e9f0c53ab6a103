"""Pages that show something once: they say so, offer no link to another language, and where they can come
again in it by a form.
"""

import html
import re

from django.test import Client


def says_so(page: str) -> bool:
    """Whether a page warns before one leaves it, and has no switch of languages that would leave it."""
    head = page.partition("<main")[0]
    return "data-once" in page and 'class="languages"' not in head and "hreflang" not in page


def in_the_other_language(client: Client, page: str) -> str:
    """The page that the switch of languages leads to, which posts what the first form held."""
    found = re.search(r'<form method="post" action="([^"]+)" data-language>(.*?)</form>', page, re.S)
    assert found, "no switch of languages that keeps the page"
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[2])
    answer = client.post(html.unescape(found[1]), {name: html.unescape(value) for name, value in fields})
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def leads_away(page: str) -> list[str]:
    """The addresses of all links of a page of which one touch would leave it: all but places on it, numbers
    to call and quick exit. What it shows once must be in the frame without a menu (`ui/public/receipt.html`).
    """
    links = re.findall(r"<a\s[^>]*>", page)
    assert sum("data-leave" in link for link in links) == 1, "no quick exit"
    found = [re.search(r'href="([^"]*)"', link) for link in links if "data-leave" not in link]
    return [one[1] for one in found if one is not None and not one[1].startswith(("#", "tel:"))]
