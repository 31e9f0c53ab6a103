"""Takes the stroke out of the zero of our typeface, so that opening times do not look like code: `…
plain_zero.py FONT.woff2`; a static font (`tools/materials/fonts/*.ttf`) works too.

The font has no zero without a stroke. Its counter stands in two halves beside the stroke; joined, they are
the counter of a plain zero, in every weight. Needs fontTools and brotli, which nothing else here does: `uv
run --with fonttools --with brotli tools/plain_zero.py FONT.woff2`. The licence of the font (OFL, no reserved
name) allows the change. Running it again changes nothing.
"""

import sys

GLYPH = "zero"
LOWER = (16, 17, 18, 19)
"""Points of the lower half from the middle of the bottom to the stroke; then come those of the upper half,
then the rest of the lower."""
UPPER = (*range(28, 39), 27)
REST = (20, 21, 22, 23, 24, 25, 26)
ORDER = (*range(16), *LOWER, *UPPER, *REST)
PHANTOMS = 4


def main(path: str) -> None:
    """Rewrite the font in place."""
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found]
    from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates  # type: ignore[import-not-found]
    from fontTools.varLib.iup import iup_delta  # type: ignore[import-not-found]

    font = TTFont(path, lazy=False)
    glyph = font["glyf"][GLYPH]
    if list(glyph.endPtsOfContours) != [15, 26, 38]:
        print("The zero has no stroke, or another shape than expected: nothing was changed.")
        return
    points, ends = list(glyph.coordinates), list(glyph.endPtsOfContours)
    width = font["hmtx"][GLYPH][0]
    whole = [*points, (0, 0), (width, 0), (0, 0), (0, 0)]
    last = len(points) - 1
    for variation in font["gvar"].variations[GLYPH] if "gvar" in font else ():
        deltas = iup_delta(variation.coordinates, whole, [*ends])
        phantoms = deltas[-PHANTOMS:]
        variation.coordinates = [*(deltas[n] for n in ORDER), *phantoms]
    glyph.coordinates = GlyphCoordinates([points[n] for n in ORDER])
    glyph.flags = bytearray(glyph.flags[n] for n in ORDER)
    glyph.numberOfContours, glyph.endPtsOfContours = 2, [15, last]
    font.save(path)


if __name__ == "__main__":
    main(sys.argv[1])
