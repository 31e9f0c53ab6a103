"""Tables of search: one row per text and language, the words that occur, and the words that children use for
a topic.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever


def codes(length: int = 40) -> "ArrayField[list[str], list[str]]":
    """A list of codes of one vocabulary."""
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


class SearchEntry(models.Model):
    """A search entry is one published text in one language. `kind` and `key` say what it belongs to: a
    resource, a page.

    It is written in the transaction that publishes the text and deleted with it. `vector` holds stems, exact
    words with a prefix sign, and topic codes. Access is not decided here: only texts that everyone may see
    are entered.
    """

    data = About(
        plain={
            "kind",
            "key",
            "language",
            "title",
            "summary",
            "body",
            "type",
            "topics",
            "audiences",
            "vector",
            "titles",
        },
        on_public_pages=False,
        keep=Forever(
            _("Copies of published texts; they go when the texts are taken down."), what=_("Search index")
        ),
    )

    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=40)
    language = models.CharField(max_length=16)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    type = models.CharField(max_length=40, blank=True)
    topics = codes()
    audiences = codes()
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.DateField()
    vector = SearchVectorField()
    titles = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "language"], name="search_entry_once")]
        indexes = [
            GinIndex(fields=["vector"], name="search_vector", fastupdate=False),
            GinIndex(fields=["titles"], name="search_titles", fastupdate=False),
            models.Index(fields=["language", "-day"], name="search_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}:{self.language}"


class SearchWord(models.Model):
    """A word that occurs in some text, folded; used to correct typing errors."""

    data = About(
        plain={"word", "language"},
        on_public_pages=False,
        keep=Forever(
            _("Words that occur in published texts, about nobody."), what=_("Words of the search index")
        ),
    )

    word = models.CharField(max_length=40)
    language = models.CharField(max_length=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]
        indexes = [GinIndex(fields=["word"], name="search_word_like", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word


class ChildWords(models.Model):
    """Words that children type when they mean a topic. They are never shown; staff add and remove them."""

    data = About(
        plain={"language", "phrase", "topic", "stems"},
        on_public_pages=False,
        keep=Forever(_("Words kept by staff, about nobody."), what=_("Words that children use")),
    )

    language = models.CharField(max_length=2)
    phrase = models.CharField(max_length=80)
    topic = models.CharField(max_length=40)
    stems = ArrayField(models.CharField(max_length=40), default=list)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "phrase", "topic"], name="child_words_once")
        ]
        indexes = [GinIndex(fields=["stems"], name="child_words_stems")]

    def __str__(self) -> str:
        return self.phrase
