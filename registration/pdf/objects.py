"""Writing a PDF file: objects in, bytes out. Knows nothing of forms."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def stream(data: bytes, entries: bytes = b"", *, compress: bool = True) -> bytes:
    """The body of a stream object."""
    if compress:
        data, entries = zlib.compress(data, 9), entries + b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def text_string(text: str) -> bytes:
    """A PDF text string, in hexadecimal so that no character of it can end the string."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def reference(number: int) -> bytes:
    """A reference to object ``number``."""
    return b"%d 0 R" % number


def references(numbers: Iterable[int]) -> bytes:
    """An array of references."""
    return b"[" + b" ".join(map(reference, numbers)) + b"]"


def numbered(number: int, body: bytes) -> bytes:
    """An object as it stands in the file."""
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)


def packed_stream(packed: Mapping[int, bytes]) -> bytes:
    """The body of one object stream that holds all of ``packed``."""
    heads, place = [], 0
    for number, body in packed.items():
        heads.append(b"%d %d" % (number, place))
        place += len(body) + 1
    head = b" ".join(heads) + b" "
    return stream(head + b"\n".join(packed.values()), b"/Type/ObjStm/N %d/First %d" % (len(packed), len(head)))


def entry(offset: int) -> bytes:
    """The cross-reference entry of an object that stands at byte ``offset``."""
    return b"\x01%b\x00" % offset.to_bytes(4, "big")


def packed_entry(container: int, index: int) -> bytes:
    """The cross-reference entry of the ``index``-th object inside the object stream ``container``."""
    return b"\x02%b%b" % (container.to_bytes(4, "big"), index.to_bytes(1, "big"))


class ObjectTable:
    """Objects by number. ``plain`` ones stand by themselves (streams must); ``packed`` ones share an object stream."""

    def __init__(self) -> None:
        self.plain: dict[int, bytes] = {}
        self.packed: dict[int, bytes] = {}
        self.size = 1

    def reserve(self) -> int:
        """The next free object number."""
        self.size += 1
        return self.size - 1

    def add(self, body: bytes) -> int:
        """Adds a packed object and gives its number."""
        number = self.reserve()
        self.packed[number] = body
        return number

    def add_stream(self, data: bytes, entries: bytes = b"", *, compress: bool = True) -> int:
        """Adds a stream and gives its number."""
        return self.add_stream_body(stream(data, entries, compress=compress))

    def add_stream_body(self, body: bytes) -> int:
        """Adds a stream whose body was made beforehand."""
        number = self.reserve()
        self.plain[number] = body
        return number

    def copy(self) -> ObjectTable:
        """A table to which more can be added without changing this one."""
        twin = ObjectTable()
        twin.plain, twin.packed, twin.size = dict(self.plain), dict(self.packed), self.size
        return twin

    def serialise(self) -> tuple[bytes, bytes]:
        """The file's bytes up to the last object, and its cross-reference entries, one for each number so far.
        Numbers that were reserved and never filled are free. At most 255 objects share an object stream."""
        table = [b"\x00\x00\x00\x00\x00\x00"] * self.size
        parts, place = [HEADER], len(HEADER)
        plain = dict(self.plain)
        waiting = list(self.packed.items())
        for start in range(0, len(waiting), 255):
            group = dict(waiting[start : start + 255])
            container = len(table)
            table.append(b"")
            plain[container] = packed_stream(group)
            for index, number in enumerate(group):
                table[number] = packed_entry(container, index)
        for number, body in plain.items():
            table[number] = entry(place)
            parts.append(numbered(number, body))
            place += len(parts[-1])
        return b"".join(parts), b"".join(table)


def cross_reference(table: bytes, place: int, root: int, info: int, mark: str) -> bytes:
    """The end of a file whose objects take up ``place`` bytes: cross-reference stream and trailer. ``mark``: the
    file's identifier in hexadecimal."""
    number = len(table) // 6
    table += entry(place)
    entries = b"/Type/XRef/Size %d/W[1 4 1]/Root %b/Info %b/ID[<%b><%b>]" % (
        number + 1,
        reference(root),
        reference(info),
        mark.encode(),
        mark.encode(),
    )
    return numbered(number, stream(table, entries, compress=False)) + b"startxref\n%d\n%%%%EOF\n" % place
