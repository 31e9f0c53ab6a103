"""What Wagtail itself would refuse at publication, checked beforehand: so that gate and Wagtail never
differ.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.fields import StreamField

from sauga.portal.models.base import PortalPage
from sauga.repository.resources.rules.gate_facts import Finding


def unfit(page: PortalPage) -> list[Finding]:
    """Fields and blocks of the version that the object holds that would be refused, with Wagtail's reason."""
    tried = copy(page)  # checking fills in what is left empty; the page itself stays as it was written
    found: list[Finding] = []
    try:
        tried.full_clean()
    except ValidationError as refused:
        found += [
            Finding("page_unfit", _label(page, name), _said(why))
            for name, errors in refused.error_dict.items()
            for why in errors
        ]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found += _blocks(getattr(page, field.name))
    return found


def _label(page: PortalPage, name: str) -> str:
    return str(
        page._meta.verbose_name if name == NON_FIELD_ERRORS else page._meta.get_field(name).verbose_name
    )


def _blocks(value: Any) -> Iterator[Finding]:
    """Every refused block, by its label and its place from 1."""
    try:
        value.stream_block.clean(value)
    except StreamBlockValidationError as refused:
        for place, why in refused.block_errors.items():
            block = value[place].block
            yield Finding("page_unfit", f"{place + 1}. {block.label}", _said(why))
        for why in refused.non_block_errors.as_data():
            yield Finding("page_unfit", str(value.stream_block.label), _said(why))


def _said(why: ValidationError) -> str:
    """The innermost reasons, in one line. Errors of blocks contain those of the blocks inside them."""
    inner: list[ValidationError] = list(getattr(why, "block_errors", {}).values())
    own = getattr(why, "non_block_errors", None)
    said = [_said(one) for one in inner] + [
        str(message) for one in (own.as_data() if own else ()) for message in one.messages
    ]
    return " ".join(dict.fromkeys(said or [str(message) for message in why.messages]))
