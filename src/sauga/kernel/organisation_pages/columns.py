"""The columns of a file of organisations, and what their cells may hold."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import fold
from sauga.kernel.kit.imports.cells import WORD, text
from sauga.kernel.kit.imports.layout import SHOWN, CellRefused, Column, Kind, Layout
from sauga.kernel.organisations import places, schemes
from sauga.kernel.organisations.schemes import Scheme

SEPARATOR = re.compile(r"[|;,\s]+")
RURAL = re.compile(r"\br\.? ?s(?:av(?:ivaldybe)?)?\.?\b|\brajono savivaldybe\b")
CITY = re.compile(r"\bm\.? ?s(?:av(?:ivaldybe)?)?\.?\b|\bmiesto savivaldybe\b")
FILLER = re.compile(r"\bsavivaldybe\b|\bsav\b|[.\s]")


def _code(scheme: Scheme) -> Any:
    def read(_column: Column, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise CellRefused("shape")
        said = str(int(value)) if isinstance(value, float) and value.is_integer() else text(str(value))
        why = schemes.trouble(scheme, said)
        if why == "zero":
            raise CellRefused("lost_zero", f"{said} → {schemes.lost_zeros(said)}?")
        if why:
            raise CellRefused(f"code_{why}", said[:SHOWN])
        return said

    return read


def _kinds(_column: Column, value: Any) -> list[str]:
    if not isinstance(value, str):
        raise CellRefused("shape")
    return list(dict.fromkeys(one.upper() for one in SEPARATOR.split(value) if one))


def _municipality(_column: Column, value: Any) -> str:
    """A code (ISO 3166-2), or the name as people write it: “Kauno r. sav.”, “Kauno rajono savivaldybė”."""
    if not isinstance(value, str):
        raise CellRefused("shape")
    if places.is_municipality(value.upper()):
        return value.upper()
    found = [code for code, name in places.municipality_names() if _plain(name) == _plain(value)]
    if len(found) != 1:
        raise CellRefused("municipality", value[:SHOWN])
    return found[0]


def _plain(name: str) -> str:
    said = RURAL.sub("rajono", CITY.sub("miesto", fold(name)))
    return " ".join(FILLER.sub(" ", said).split())


def _country(_column: Column, value: Any) -> str:
    if not isinstance(value, str) or not places.is_country(value.upper()):
        raise CellRefused("country", str(value)[:SHOWN])
    return value.upper()


def _website(_column: Column, value: Any) -> str:
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError as wrong:
        raise CellRefused("address", str(value)[:SHOWN]) from wrong
    return str(value)


def _email(_column: Column, value: Any) -> str:
    try:
        validate_email(value)
    except ValidationError as wrong:
        raise CellRefused("email", str(value)[:SHOWN]) from wrong
    return str(value)


CODE = Kind(_code(Scheme.LEGAL_ENTITY), _("Nine digits; the last one is checked."), is_text=True)
SCHOOL = Kind(_code(Scheme.SCHOOL), _("Digits, with the zeros at the beginning."), is_text=True)
LAYOUT: Layout[Column] = Layout(
    (
        Column(
            "code",
            CODE,
            most=9,
            label=_("Legal entity code"),
            also=("Įmonės kodas", "Juridinio asmens kodas"),
        ),
        Column("school_code", SCHOOL, most=12, label=_("School code"), also=("Mokyklos kodas",)),
        Column("name_lt", WORD, most=200, label=_("Name in Lithuanian"), also=("Pavadinimas", "name")),
        Column("name_en", WORD, most=200, label=_("Name in English")),
        Column("short", WORD, most=60, label=_("Short name"), also=("Trumpinys",)),
        Column(
            "kind",
            Kind(_kinds, _("One or more codes of kinds, as SCHOOL or LIBRARY."), is_text=True, is_list=True),
            label=_("Kind"),
            also=("Rūšis",),
        ),
        Column(
            "municipality",
            Kind(_municipality, _("The code, as LT-15, or the name of the municipality."), is_text=True),
            label=_("Municipality"),
            also=("Savivaldybė",),
        ),
        Column(
            "country",
            Kind(_country, _("Two letters, as LV. Empty for Lithuania."), is_text=True),
            label=_("Country"),
            also=("Šalis",),
        ),
        Column(
            "website",
            Kind(_website, _("A web address that begins with https:// or http://."), is_text=True),
            label=_("Website"),
            also=("Svetainė",),
        ),
        Column(
            "email",
            Kind(_email, _("The general mailbox, not a person's own address."), is_text=True),
            label=_("Mailbox"),
            also=("El. paštas",),
        ),
    ),
    titles=("name_lt", "name_en"),
    required=("kind",),
)
SCHEMES = {"code": Scheme.LEGAL_ENTITY, "school_code": Scheme.SCHOOL}
PROBLEMS = {
    "lost_zero": _(
        "A spreadsheet has dropped the zero at the beginning. Format the column as text, put the zero back, "
        "and read the file again."
    ),
    "code_shape": _("A legal entity code has nine digits, a school code four to twelve."),
    "code_check_digit": _("The last digit does not fit the others. Check the code in its register."),
    "municipality": _("There is no such municipality. Use its code, as LT-15, or its full name."),
    "country": _("There is no such country. Use its code of two letters, as LV."),
    "email": _("This is not an email address."),
    "unknown_kind": _("There is no such kind of organisation. Use a code from the list of kinds."),
    "privileged": _("This kind is assigned where the installation is set up, not by an import."),
    "abroad": _("Municipalities are those of Lithuania. Leave the cell empty for another country."),
    "two": _("The codes belong to two different organisations of the register. Correct one."),
    "several": _("Several organisations of the register have this name. Add the code that tells which one."),
    "other_code": _("The register has another code for this organisation. Correct the row, or the register."),
}
