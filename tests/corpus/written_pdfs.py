"""PDFs written byte by byte: text at places, lines, boxes; Japanese by a font that every reader has."""

from dataclasses import dataclass

A4 = (595, 842)


@dataclass(frozen=True)
class Text:
    """A line set from `x`, with its baseline `y` points below the page's upper edge."""

    x: float
    y: float
    text: str
    size: float = 10
    grey: float = 0
    mode: int = 0
    pitch: float = 0
    vertical: bool = False
    turned: bool = False


@dataclass(frozen=True)
class Area:
    """A filled box from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    grey: float = 0


def pdf(
    *pages: tuple[Text | Area, ...],
    size: tuple[int, int] = A4,
    rotate: int = 0,
    title: str = "",
    locked: bool = False,
) -> bytes:
    """Return a PDF of pages, `locked` behind a password that nobody knows."""
    count = len(pages)
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(count))
    named = ("\ufeff" + title).encode("utf-16-be").hex()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        _font("H"),
        _font("V"),
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /DW 1000 /W [1 95 500] /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor"
        b" /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120"
        b" /CapHeight 700 /ItalicAngle 0 /StemV 80 >> >>",
        f"<< /Title <{named}> >>".encode(),
    ]
    for number, page in enumerate(pages):
        content = "\n".join(_drawn(item, size[1]) for item in page).encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} /Contents"
            f" {8 + 2 * number} 0 R /Resources << /Font << /H 3 0 R /V 4 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file(objects, locked=locked)


def _font(direction: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5-UniJIS-UCS2-{direction}"
        f" /Encoding /UniJIS-UCS2-{direction} /DescendantFonts [5 0 R] >>"
    ).encode()


def _drawn(item: Text | Area, height: int) -> str:
    if isinstance(item, Area):
        return f"{item.grey} g {item.x} {height - item.y - item.height} {item.width} {item.height} re f"
    font = "V" if item.vertical else "H"
    place = f"{item.x} {height - item.y}"
    matrix = f"0 1 -1 0 {place}" if item.turned else f"1 0 0 1 {place}"
    return (
        f"BT {item.grey} g {item.mode} Tr {item.pitch} Tc /{font} {item.size} Tf {matrix} Tm"
        f" <{item.text.encode('utf-16-be').hex()}> Tj ET"
    )


def _file(objects: list[bytes], *, locked: bool) -> bytes:
    data = b"%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b""
    if locked:
        lock = b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
            b"a1" * 32,
            b"b2" * 32,
        )
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 6 0 R%s >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, lock, len(data))
    )
