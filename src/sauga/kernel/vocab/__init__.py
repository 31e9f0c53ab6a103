"""Code lists and policies as data: loaded from files, edited by staff, valid from a day to a day.

Codes are never renamed or deleted.
"""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.vocab.actions import (
        CodeTaken,
        VocabularyClosed,
        add_term,
        edit_term,
        seen_policy,
        set_policy,
    )
    from sauga.kernel.vocab.data_files import FileRefused, Loaded, load, load_all
    from sauga.kernel.vocab.lookups import (
        choices,
        every_term,
        forget,
        has_term,
        label,
        policy,
        policy_history,
        term,
        terms,
        title,
        vocabularies,
    )
    from sauga.kernel.vocab.views import PolicyView, TermView, UnknownPolicy, UnknownTerm, UnknownVocabulary

_WHERE = {
    "CodeTaken": "actions",
    "VocabularyClosed": "actions",
    "add_term": "actions",
    "edit_term": "actions",
    "seen_policy": "actions",
    "set_policy": "actions",
    "FileRefused": "data_files",
    "Loaded": "data_files",
    "load": "data_files",
    "load_all": "data_files",
    "choices": "lookups",
    "every_term": "lookups",
    "forget": "lookups",
    "has_term": "lookups",
    "label": "lookups",
    "policy": "lookups",
    "policy_history": "lookups",
    "term": "lookups",
    "terms": "lookups",
    "title": "lookups",
    "vocabularies": "lookups",
    "PolicyView": "views",
    "TermView": "views",
    "UnknownPolicy": "views",
    "UnknownTerm": "views",
    "UnknownVocabulary": "views",
}
__all__ = [
    "CodeTaken",
    "FileRefused",
    "Loaded",
    "PolicyView",
    "TermView",
    "UnknownPolicy",
    "UnknownTerm",
    "UnknownVocabulary",
    "VocabularyClosed",
    "add_term",
    "choices",
    "edit_term",
    "every_term",
    "forget",
    "has_term",
    "label",
    "load",
    "load_all",
    "policy",
    "policy_history",
    "seen_policy",
    "set_policy",
    "term",
    "terms",
    "title",
    "vocabularies",
]
__getattr__ = lazy_getattr(__name__, _WHERE)
