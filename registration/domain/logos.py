"""A partner's logo: what was sent is read with bounds and drawn anew. The only user of Pillow."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from registration.domain.audit import Order, record
from registration.domain.validation.problem import Problem
from registration.domain.validation.text import is_blank, prints
from registration.models import AuditEntry, Partner, PartnerLogo

MOST_BYTES = 512 * 1000
MOST_PIXELS = 4_000_000
LARGEST = (400, 120)
LONGEST_ALT = 200
#: By its first bytes: a name or a declared type is not asked. SVG is a program, and is not among them.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
#: A JPEG may ask for its whole area to be gone over again and again; no honest one does so more often.
MOST_SCANS = 60
_SCAN = b"\xff\xda"


class Unreadable(Exception):
    """Carries a problem out of the reading of a picture."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.problem = Problem(code, "logo", dict(params))


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came, and what to read aloud in its place; "" for the partner's name."""

    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    png: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.png).hexdigest()[:16]


def draw(content: bytes) -> Drawn | Problem:
    """The picture as a PNG of our own making, at most 400 x 120, with nothing but its pixels; or why it is none."""
    try:
        return _drawn(content)
    except Unreadable as unreadable:
        return unreadable.problem
    except Exception:  # noqa: BLE001 - a decoder may raise anything at all for a stranger's bytes
        return Problem("logo_broken", "logo")


def _drawn(content: bytes) -> Drawn:
    if not content:
        raise Unreadable("logo_required")
    if len(content) > MOST_BYTES:
        raise Unreadable("logo_too_heavy", limit=MOST_BYTES // 1000)
    if content.count(_SCAN) > MOST_SCANS and content.startswith(b"\xff\xd8"):
        raise Unreadable("logo_broken")
    _check_size(*_webp_size(content))
    try:
        image: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        raise Unreadable("logo_format") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable("logo_too_large", limit=MOST_PIXELS // 1_000_000) from None
    _check_size(*image.size)
    image.load()
    upright = ImageOps.exif_transpose(_in_plain_colours(image)) or image
    upright.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    fresh = Image.new(upright.mode, upright.size)
    fresh.paste(upright)
    written = io.BytesIO()
    fresh.save(written, format="PNG", optimize=True)
    return Drawn(written.getvalue(), *fresh.size)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Unreadable("logo_too_large", limit=MOST_PIXELS // 1_000_000)


def _webp_size(content: bytes) -> tuple[int, int]:
    """The size that a WebP declares; (0, 0) for other files. Its decoder takes the memory before the size is told."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return 0, 0
    kind, head = content[12:16], content[20:30].ljust(10, b"\0")
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something of it is transparent."""
    if image.mode.startswith("I"):  # sixteen bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def alt_problem(alt: str) -> Problem | None:
    if len(alt) > LONGEST_ALT:
        return Problem("too_long", "alt", {"limit": LONGEST_ALT})
    return None if prints(alt) else Problem("bad_character", "alt")


def change(partner: Partner, sent: Sent, order: Order) -> tuple[Problem, ...]:
    """Put a logo in place of the former one. Where there are problems, they are given back and nothing is changed."""
    order.check()
    drawn, wrong_alt = draw(sent.content), alt_problem(sent.alt)
    if isinstance(drawn, Problem):
        return (drawn, wrong_alt) if wrong_alt else (drawn,)
    if wrong_alt:
        return (wrong_alt,)
    alt = partner.name if is_blank(sent.alt) else sent.alt.strip()
    values = {"png": drawn.png, "width": drawn.width, "height": drawn.height, "digest": drawn.digest, "alt": alt}
    with transaction.atomic():
        PartnerLogo.objects.update_or_create(partner=partner, defaults=values)
        _record(partner, drawn.digest, order)
    return ()


def remove(partner: Partner, order: Order) -> None:
    """Take the logo away; nothing happens where there is none."""
    order.check()
    with transaction.atomic():
        count, _each = PartnerLogo.objects.filter(partner=partner).delete()
        if count:
            _record(partner, "", order)


def _record(partner: Partner, digest: str, order: Order) -> None:
    record(order, AuditEntry.Action.THEME_CHANGED, partner, {"logo": digest}, partner)


def logo_of(partner: Partner) -> PartnerLogo | None:
    return PartnerLogo.objects.filter(partner=partner).first()
