"""The letter that people send when they have no other: a PDF of one page, made here."""

_LINES = (
    "Musterklinik Halberstadt",
    "",
    "Sehr geehrte Damen und Herren,",
    "bitte kommen Sie am Montag um 14:30 Uhr zur Untersuchung.",
    "Bringen Sie Ihre Versichertenkarte mit.",
    "",
    "Mit freundlichen Gruessen",
)


def _page() -> bytes:
    text = "".join(f"({line}) Tj 0 -22 Td " for line in _LINES)
    return f"BT /F1 13 Tf 60 760 Td {text}ET".encode("latin-1")


def _pdf() -> bytes:
    page = _page()
    fonts = b"<</Font<</F1 5 0 R>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources%b>>" % fonts,
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, offsets = b"%PDF-1.4\n", list[int]()
    for number, each in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    return written + b"xref\n0 6\n0000000000 65535 f \n" + table + end


PDF = _pdf()
