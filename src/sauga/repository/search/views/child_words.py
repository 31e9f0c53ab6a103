"""Words that children use for a topic: added, changed and removed by staff, with a search to try them. What
is tried is not stored.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from sauga.kernel import clock, vocab
from sauga.kernel.i18n import language_name
from sauga.kernel.i18n.languages import DEFAULT
from sauga.kernel.identity import actor, needs
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.ui import toasts
from sauga.repository.permissions import Permission
from sauga.repository.search import queries as search
from sauga.repository.search.actions import child_words
from sauga.repository.search.forms import WordsForm
from sauga.repository.search.models import ChildWords
from sauga.repository.search.rules.distress import spoken

UNFIT = 422
LONGEST = 120


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_WORDS)
def words(request: HttpRequest) -> HttpResponse:
    """The words of one topic in one language, and a search to try them. A post adds words."""
    language, topic = _place(request)
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"topic": topic})
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            row = child_words.add_words(
                by=actor(request), language=language, at=clock.now(), **form.cleaned_data
            )
            toasts.say(request, gettext("Added: %(words)s.") % {"words": row.phrase})
            return _back(row)
    return render(
        request,
        "repository/search/child_words.html",
        _context(request, language, topic, form),
        status=UNFIT if form.is_bound else 200,
    )


def _place(request: HttpRequest) -> tuple[str, str]:
    language, topic = request.GET.get("language", ""), request.GET.get("topic", "")
    known = vocab.has_term("topics", topic)
    return language if language in spoken() else DEFAULT, topic if known else next(
        iter(search.words_by_topic(DEFAULT)), ""
    )


def _context(request: HttpRequest, language: str, topic: str, form: WordsForm) -> dict[str, Any]:
    asked = request.GET.get("q", "")[:LONGEST].strip()
    rows = search.words_of(language, topic)
    return {
        "language": language,
        "languages": [(code, language_name(code), code == language) for code in spoken()],
        "topic": topic,
        "name": vocab.label("topics", topic) if topic else "",
        "topics": [
            (code, vocab.label("topics", code), number)
            for code, number in search.words_by_topic(language).items()
        ],
        "rows": [
            (row, WordsForm(initial={"phrase": row.phrase, "topic": row.topic}, auto_id=f"id_{row.pk}_%s"))
            for row in rows
        ],
        "retired": search.words_of(language, topic, retired=True),
        "form": form,
        "q": asked,
        "tried": _tried(asked, language) if asked else None,
    }


def _tried(asked: str, language: str) -> dict[str, Any]:
    found = search.search(asked, language, with_results=True)
    meant = [
        vocab.label("topics", code)
        for code in search.topics_meant(asked, language)
        if vocab.has_term("topics", code)
    ]
    return {"meant": ", ".join(meant), "total": found.total, "hits": found.hits[:5], "help": found.needs_help}


def _back(row: ChildWords) -> HttpResponse:
    return HttpResponseRedirect(
        f"{reverse('repository-words')}?{urlencode({'language': row.language, 'topic': row.topic})}"
    )


def _found(key: int) -> ChildWords:
    row = search.words_for(key)
    if row is None:
        raise Http404
    return row


@require_POST
@needs(Permission.KEEP_WORDS)
def change(request: HttpRequest, key: int) -> HttpResponse:
    """Replace words, or their topic."""
    row, form = _found(key), WordsForm(request.POST)
    if not form.is_valid():
        toasts.say(request, gettext("Nothing was changed: write the words and choose a topic."))
        return _back(row)
    try:
        row = child_words.edit_words(by=actor(request), row=row, at=clock.now(), **form.cleaned_data)
    except ActionRefused as refused:
        toasts.refuse(request, refused.text)
    else:
        toasts.say(request, gettext("Changed: %(words)s.") % {"words": row.phrase})
    return _back(row)


@require_POST
@needs(Permission.KEEP_WORDS)
def retire(request: HttpRequest, key: int) -> HttpResponse:
    """Remove words; the toast undoes it."""
    row = child_words.remove_words(by=actor(request), row=_found(key), at=clock.now())
    said = gettext("Removed: %(words)s.") % {"words": row.phrase}
    toasts.say(request, said, undo=reverse("repository-words-back", args=[row.pk]))
    return _back(row)


@require_POST
@needs(Permission.KEEP_WORDS)
def put_back(request: HttpRequest, key: int) -> HttpResponse:
    """Undo a removal."""
    row = child_words.put_back_words(by=actor(request), row=_found(key), at=clock.now())
    toasts.say(request, gettext("Restored: %(words)s.") % {"words": row.phrase})
    return _back(row)
