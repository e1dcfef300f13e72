"""Looks for the words of ``drills.canary_people`` in bytes, however they are written.

Each file is looked at as it is, without its zero bytes (UTF-16), and, but for a database's own files, also with what
stands in it in hexadecimal, in base64, percent-encoded and compressed put in clear, twice over. In a database's own
files, which are large, hexadecimal and base64 are looked for by the beginnings of the words. Four digits alone are a
number of anybody's: they are looked for in text, as a word of their own.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import io
import re
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from drills import canary_people
from drills.canary_people import ADDRESSES, NAMES, YOUNG_YEAR, born, licence_stem, reference_stem
from drills.oracle import text_of
from drills.people import LETTERS, Crowd

NAME, ADDRESS, EMAIL, PHONE = "name", "address", "e-mail", "telephone"
BIRTH, LICENCE, SSN, SSN4, CODE = "birth date", "licence", "Social Security number", "its last 4", "code of the form"
KINDS = (NAME, ADDRESS, BIRTH, LICENCE, SSN, SSN4, EMAIL, PHONE, CODE)
PLAIN, WIDE, HEX, BASE64, PERCENT, PACKED = "plain", "UTF-16", "hexadecimal", "base64", "URL-encoded", "compressed"
SPELLINGS = (PLAIN, WIDE, HEX, BASE64, PERCENT, PACKED)
#: How often something is put in clear: hexadecimal of UTF-16, base64 of a compressed text.
TWICE = 2
#: What is put in clear once and is larger is not put in clear again.
LARGEST_WITHIN = 512 * 1024
#: A larger file, such as a core dump, is searched as a database's own.
LARGEST_DEEP = 16 * 1024 * 1024
LARGEST = 64 * 1024 * 1024
#: Bytes on either side of four digits that have to be text.
AROUND = 6
SSN4_BEGINS = canary_people.SSN4.encode()

_HEX = re.compile(rb"[0-9A-Fa-f]{16,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
#: Regular expressions that begin with letters of their own are found many times faster than others.
_YEARS = (re.compile(rb"19[234]\d"), re.compile(rb"%d" % YOUNG_YEAR))
_APART = rb"(?:%2[df]|%20|\\?/|[-., ]|, )"
#: The day before its year, or after it, with the year first.
_BEFORE = re.compile(rb"(?<!\d)(\d{1,2})%(a)s(\d{1,2})%(a)s$" % {b"a": _APART})
_AFTER = re.compile(rb"%(a)s(\d{1,2})%(a)s(\d{1,2})(?!\d)|(\d\d)(\d\d)(?!\d)" % {b"a": _APART})
_WORDS_BEFORE = re.compile(rb"([a-z]{3,10}) (\d{1,2}),? $|(\d{1,2}) de ([a-z]{4,10}) de $")
_MONTHS = {
    name: number % 12 + 1
    for number, name in enumerate(
        b"january february march april may june july august september october november december "
        b"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
    )
}
_AROUND_A_YEAR = 32
#: Before and after four digits these make another number, a time or a word of them.
_GOES_ON, _GOES_ON_AFTER = re.compile(rb"[0-9A-Za-z.:+,-]"), re.compile(rb"[0-9A-Za-z.]")


@dataclass(frozen=True, slots=True, order=True)
class Find:
    """Whose (their index; -1: somebody's), what, and how it was written. Never the word itself."""

    kind: str
    who: int
    spelling: str
    #: Which answer of these: "first_name", or for an e-mail address whom it was given to.
    part: str = ""


@dataclass
class Searched:
    """What a place held. ``found``: by file."""

    files: int = 0
    bytes: int = 0
    found: dict[str, set[Find]] = field(default_factory=dict)

    def add(self, where: str, size: int, found: set[Find]) -> None:
        self.files, self.bytes = self.files + 1, self.bytes + size
        if found:
            self.found.setdefault(where, set()).update(found)

    def take(self, other: Searched) -> None:
        self.files, self.bytes = self.files + other.files, self.bytes + other.bytes
        for where, found in other.found.items():
            self.found.setdefault(where, set()).update(found)


def stands_in_text(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether it is a number of its own, and what is around it can be read, too: four bytes that happen to be digits
    are everywhere."""
    begin, end = match.span()
    before, after = data[max(begin - AROUND, 0) : begin], data[end : end + AROUND]
    if _GOES_ON.match(before[-1:]) or _GOES_ON_AFTER.match(after[:1]):
        return False
    around = before + after
    return all(32 <= byte < 127 or byte in b"\r\n\t" for byte in around)


class Finder:
    """Of the people of one run."""

    def __init__(self, crowd: Crowd) -> None:
        mark, mail, licence = crowd.mark, crowd.mail_mark, licence_stem(crowd).lower()
        self._named = re.compile(rb"%s([a-z]{4})([a-z]?)" % mark.encode())
        self._mailed = re.compile(rb"%s([a-z]{4})([a-z]?)" % mail.encode())
        self._licence = re.compile(rb"%s(\d\d)?" % licence.encode())
        self._phone = re.compile(rb"907\D{0,3}555\D?01(\d\d)")
        self._ssn = re.compile(rb"219(?:-|%2d)?09(?:-|%2d)?09(\d\d)(?!\d)")
        self._ssn4 = re.compile(rb"%s(\d\d)" % SSN4_BEGINS)
        self._near = re.compile(rb"ssn4?[\"']?\s*[:=]\s*[\"']?(?:219-?09-?)?%s(\d\d)" % SSN4_BEGINS)
        stem = reference_stem(crowd)
        by_hex = stem.hex()
        in_hex = (f"{by_hex[:8]}-{by_hex[8:12]}", by_hex[:12])
        self._codes = (base64.b32encode(stem)[:16].lower(), *(each.encode() for each in in_hex))
        self._raw_code = stem
        self._births = {
            day: index for index in range(canary_people.MOST) for day in (born(index), born(index, young=True))
        }
        self._stems = tuple(_spelled((mark, mail)))

    def look(self, data: bytes, *, deep: bool = True) -> set[Find]:
        """Everything that stands in ``data``. Not ``deep``: as in the database's own files."""
        found: dict[tuple[str, int, str], str] = {}
        self._note(found, data, PLAIN, WIDE)
        if deep:
            self._put_in_clear(found, data, TWICE, "")
        else:
            for how in (how for how, word in self._stems if data.find(word) >= 0):
                found.setdefault((NAME, -1, ""), how)
        return {Find(kind, who, how, part) for (kind, who, part), how in found.items()}

    def _note(self, found: dict[tuple[str, int, str], str], data: bytes, how: str, wide: str) -> None:
        """Under the spelling in which it was found first."""
        for words, spelling in ((data, how), (data.replace(b"\0", b"") if b"\0" in data else b"", wide)):
            for each in self._words(words):
                found.setdefault(each, spelling)

    def _put_in_clear(self, found: dict[tuple[str, int, str], str], data: bytes, times: int, outer: str) -> None:
        for how, view in _views(data):
            spelling = outer or how
            self._note(found, view, spelling, spelling)
            if times > 1 and len(view) <= LARGEST_WITHIN:
                self._put_in_clear(found, view, times - 1, spelling)

    def _words(self, data: bytes) -> Iterator[tuple[str, int, str]]:
        low = data.lower()
        for match in self._named.finditer(low):
            letter = match[2].decode()
            is_address = letter in ADDRESSES
            yield (ADDRESS if is_address else NAME), _from_letters(match[1]), (NAMES | ADDRESSES).get(letter, "")
        for match in self._mailed.finditer(low):
            yield EMAIL, _from_letters(match[1]), match[2].decode()
        for match in self._licence.finditer(low):
            yield LICENCE, int(match[1]) if match[1] else -1, ""
        for kind, whole in ((PHONE, self._phone), (SSN, self._ssn), (SSN4, self._near)):
            yield from ((kind, int(match[1]), "") for match in whole.finditer(low))
        yield from ((SSN4, int(match[1]), "") for match in self._ssn4.finditer(data) if stands_in_text(data, match))
        if data.find(self._raw_code) >= 0 or any(low.find(code) >= 0 for code in self._codes):
            yield CODE, -1, ""
        yield from ((BIRTH, self._births[day], "") for day in _days(low) if day in self._births)


def _from_letters(letters: bytes) -> int:
    value = 0
    for letter in letters.decode().lower():
        value = value * 26 + LETTERS.index(letter)
    return value


def _days(low: bytes) -> Iterator[date]:
    """The dates of the people's years in a text in small letters."""
    for year in (match for years in _YEARS for match in years.finditer(low)):
        before, after = (
            low[max(year.start() - _AROUND_A_YEAR, 0) : year.start()],
            low[year.end() : year.end() + _AROUND_A_YEAR],
        )
        parts = [(match[1], match[2]) for match in (_BEFORE.search(before),) if match]
        parts += [(match[1] or match[3], match[2] or match[4]) for match in (_AFTER.match(after),) if match]
        for match in (_WORDS_BEFORE.search(before),):
            word, day = (match[1] or match[4], match[2] or match[3]) if match else (b"", b"")
            parts += [(str(_MONTHS[word]).encode(), day)] if word in _MONTHS else []
        for month, day in parts:
            with contextlib.suppress(ValueError):
                yield date(int(year[0]), int(month), int(day))


def _spelled(words: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The beginnings of words in hexadecimal and in base64 at any offset."""
    for word in words:
        for text in (word, word.capitalize(), word.upper()):
            plain = text.encode()
            yield HEX, plain.hex().encode()
            yield HEX, plain.hex().upper().encode()
            for shift in range(3):
                encoded = base64.b64encode(b"\0" * shift + plain + b"\0\0").rstrip(b"=")
                yield BASE64, encoded[(0, 2, 3)[shift] : (shift + len(plain)) * 8 // 6]


def _views(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What ``data`` holds, put in clear; the pieces of one spelling together, a line apart."""
    packed = list(_unpacked(data))
    if packed:
        yield PACKED, b"\n".join(packed)
    hexes = [match[0] for match in _HEX.finditer(data)]
    if hexes:
        yield HEX, b"\n".join(_bytes_of(each[odd:]) for each in hexes for odd in (0, 1))
    runs = [match[0].translate(bytes.maketrans(b"-_", b"+/")) for match in _BASE64.finditer(data)]
    if runs:
        yield BASE64, b"\n".join(_decoded(run[shift:]) for run in runs for shift in range(4))
    if b"%" in data:
        yield PERCENT, urllib.parse.unquote_to_bytes(data.replace(b"+", b" "))


def _bytes_of(digits: bytes) -> bytes:
    return binascii.unhexlify(digits[: len(digits) // 2 * 2])


def _decoded(run: bytes) -> bytes:
    whole = run[:-1] if len(run) % 4 == 1 else run
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _unpacked(data: bytes) -> Iterator[bytes]:
    for match in _PACKED.finditer(data):
        try:
            yield zlib.decompressobj(47).decompress(data[match.start() :], LARGEST)
        except zlib.error:
            continue
    with contextlib.suppress(ValueError, zipfile.BadZipFile):  # what only begins like a file of its kind
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                yield from (parts.read(name) for name in parts.namelist())
        if data.startswith(b"%PDF"):
            yield text_of(data).encode()


def search_file(finder: Finder, path: Path, where: str, into: Searched, *, deep: bool = True) -> None:
    """What is gone, or is no plain file, is passed over."""
    try:
        if path.is_symlink() or not path.is_file():
            return
        data = path.read_bytes()
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return
    into.add(where, len(data), finder.look(data, deep=deep and len(data) <= LARGEST_DEEP))


def search_folder(finder: Finder, folder: Path, *, deep: bool = True, since: float = 0) -> Searched:
    """Every file below ``folder`` that was written after ``since``."""
    into = Searched()
    for path in sorted(folder.rglob("*")):
        try:
            if since and path.lstat().st_mtime < since:
                continue
        except OSError:
            continue
        search_file(finder, path, str(path.relative_to(folder)), into, deep=deep)
    return into


def control(text: str) -> dict[str, bytes]:
    """The same text in each spelling, as a file would hold it."""
    plain = text.encode()
    percent = "".join(f"%{byte:02X}" for byte in plain).encode()
    return {
        PLAIN: b"a line: " + plain + b"\n",
        WIDE: text.encode("utf-16"),
        HEX: b"\\x" + plain.hex().encode(),
        BASE64: b"x: " + base64.b64encode(b"q" + plain),
        PERCENT: b"q=" + percent,
        PACKED: zlib.compress(plain, wbits=31),
    }
