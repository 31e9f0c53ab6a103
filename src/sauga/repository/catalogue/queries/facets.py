"""How many public resources each choice of a filter would show, counted from bitmaps (decision 0137): one
statement whose cost grows with the number of codes and blocks, not with what the resources hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Func, QuerySet

from sauga.repository.catalogue.models import CodeBitmap
from sauga.repository.catalogue.rules.readers import READERS

ALL = "all:"
"""The code of every public resource."""
AGE, FOR, AUDIENCE = "age", "for", "audience"
"""`AUDIENCE`, the catalogued audiences, is what programs ask by; the bitmaps hold its codes under `FOR`."""
OLDEST = 999
"""The end of an age without one, and of a band without one."""


class Band(NamedTuple):
    """An age band: everybody from `low` to `high`, or from `low` on."""

    code: str
    low: int
    high: int | None


# `part`: what fits one part of a choice; a band has two, its lower and its upper end, every other choice one,
# which for a reader is any of the audiences that the reader stands for.
# `choice`: what fits a choice. `pick`: what fits any chosen one of a filter. `mask`: what fits all other
# filters. Numbers of resources in a block are those of `models.BLOCK`.
COUNTS = """
WITH part AS (
    SELECT p.facet, p.choice, p.part, p.is_chosen, held.block, bit_or(held.bits) AS bits
    FROM unnest(%(facets)s::text[], %(choices)s::text[], %(parts)s::int[], %(firsts)s::text[],
        %(lasts)s::text[], %(chosen)s::bool[]) AS p(facet, choice, part, first, last, is_chosen)
    JOIN repository_codebitmap held ON held.code BETWEEN p.first AND p.last
    GROUP BY 1, 2, 3, 4, 5
), choice AS (
    SELECT facet, choice, is_chosen, block, bit_and(bits) AS bits FROM part GROUP BY 1, 2, 3, 4
    HAVING count(*) = CASE facet WHEN 'age' THEN 2 ELSE 1 END
), pick AS (
    SELECT facet, block, bit_or(bits) AS bits FROM choice WHERE is_chosen GROUP BY 1, 2
    UNION ALL
    SELECT 'words', id / 8192, bit_or(set_bit(0::bit(8192), (id %% 8192)::int, 1))
    FROM repository_resource WHERE ref = ANY(%(refs)s) GROUP BY 2
), mask AS (
    SELECT asked.facet, pick.block, bit_and(pick.bits) AS bits
    FROM unnest(%(asked)s::text[], %(others)s::int[]) AS asked(facet, others)
    JOIN pick ON pick.facet <> asked.facet
    GROUP BY 1, 2 HAVING count(*) = min(asked.others)
), shown AS (
    SELECT split_part(code, ':', 1) AS facet, split_part(code, ':', 2) AS code, block, bits
    FROM repository_codebitmap WHERE code NOT LIKE 'for:%%'
    UNION ALL
    SELECT facet, choice, block, bits FROM choice WHERE facet IN ('age', 'for')
)
SELECT shown.facet, shown.code, sum(bit_count(shown.bits & mask.bits))::bigint AS n
FROM shown JOIN mask ON mask.facet = shown.facet AND mask.block = shown.block
GROUP BY 1, 2 HAVING sum(bit_count(shown.bits & mask.bits)) > 0
"""


def counts(
    facets: Sequence[str],
    chosen: Mapping[str, Sequence[str]],
    bands: Iterable[Band],
    refs: Sequence[str] | None,
) -> tuple[int, dict[str, dict[str, int]]]:
    """The number of public resources that fit all filters, and for each filter what each of its codes would
    show beside the others. `refs`: only these resources (None: all).
    """
    # facet, choice, part, first and last stored code, whether it is chosen; first what everything must fit
    rows = [("base", "", 0, ALL, ALL, True)]
    rows += [
        (facet, code, 0, f"{stored}:{code}", f"{stored}:{code}", True)
        for facet, codes in chosen.items()
        for stored in [FOR if facet == AUDIENCE else facet]
        if facet not in {AGE, FOR}
        for code in codes
    ]
    rows += [
        (FOR, reader, 0, f"{FOR}:{code}", f"{FOR}:{code}", reader in chosen.get(FOR, ()))
        for reader, codes in READERS.items()
        for code in codes
    ]
    for band in bands:
        is_chosen = band.code in chosen.get(AGE, ())
        high = OLDEST if band.high is None else band.high
        rows.append((AGE, band.code, 0, "from:", f"from:{high:03}", is_chosen))
        rows.append((AGE, band.code, 1, f"to:{band.low:03}", f"to:{OLDEST}", is_chosen))
    names = ("facets", "choices", "parts", "firsts", "lasts", "chosen")
    held = {facet for facet, codes in chosen.items() if codes}
    asked = ["all", *facets]
    given = {
        **dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)),
        "refs": list(refs or ()),
        "asked": asked,
        "others": [len(held - {facet}) + 1 + (refs is not None) for facet in asked],
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, given)
        found = cursor.fetchall()
    total, counted = 0, {facet: dict[str, int]() for facet in facets}
    for facet, code, n in found:
        if facet == "all":
            total = n
        else:
            counted[facet][code] = n
    return total, counted


def having(code: str) -> QuerySet[Any, Any]:
    """One row where any public resource has a code, such as `access:signLanguage`."""
    held = CodeBitmap.objects.annotate(n=Func("bits", function="bit_count", output_field=BigIntegerField()))
    return held.filter(code=code, n__gt=0).values_list("block")[:1]
