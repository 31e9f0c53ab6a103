"""A small PDF for tests: one page in a standard font, tagged, with its language and title."""

import textwrap

PLAIN = str.maketrans("ąčęėįšųūžĄČĘĖĮŠŲŪŽ„“–", 'aceeisuuzACEEISUUZ""-')


def sheet(title: str, text: str, language: str) -> bytes:
    """One page in a standard font, tagged, with its language and title."""
    lines = [title, "", *textwrap.wrap(text, 80)]
    shown = "".join(f"({_escaped(line)}) Tj T* " for line in lines)
    stream = f"/P << /MCID 0 >> BDC BT /F1 14 Tf 20 TL 56 760 Td {shown}ET EMC".encode("latin-1", "replace")
    parts = [
        (
            f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) /MarkInfo << /Marked true >> "
            f"/StructTreeRoot 7 0 R >>"
        ).encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /StructParents 0 /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({_escaped(title)}) >>".encode("latin-1", "replace"),
        b"<< /Type /StructTreeRoot /K 8 0 R /ParentTree << /Nums [0 [8 0 R]] >> >>",
        b"<< /Type /StructElem /S /P /P 7 0 R /Pg 3 0 R /K 0 >>",
    ]
    held, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(held))
        held += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    held += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    held += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1,
        start,
    )
    return bytes(held)


def _escaped(text: str) -> str:
    return text.translate(PLAIN).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
