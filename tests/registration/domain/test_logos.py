"""A logo is read with bounds and drawn anew: whatever else was in the file is gone, and nothing odd raises."""

import io
import struct
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from registration.domain import logos
from registration.domain.audit import Order
from registration.domain.logos import Drawn, Sent, draw, logo_of
from registration.domain.validation.problem import Problem
from registration.models import AuditEntry, Partner, PartnerLogo

NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
ORDER = Order("member 7", "Set in the dashboard.", NOW)
CANARY = b"<script>alert(1)</script>"


def picture(form: str = "PNG", size: tuple[int, int] = (200, 60), mode: str = "RGB", **more) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, {"RGBA": (200, 10, 10, 128), "RGB": (200, 10, 10)}.get(mode, 1)).save(written, form, **more)
    return written.getvalue()


def opened(drawn: Drawn | Problem) -> Image.Image:
    assert isinstance(drawn, Drawn)
    return Image.open(io.BytesIO(drawn.png))


def code(drawn: Drawn | Problem) -> str:
    assert isinstance(drawn, Problem)
    assert drawn.field == "logo"
    return drawn.code


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@pytest.fixture
def partner(db) -> Partner:
    return Partner.objects.create(slug="acme", name="Acme", approved_at=NOW)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_picture_of_each_kind_becomes_a_png(form):
    image = opened(draw(picture(form)))
    assert (image.format, image.size, image.info) == ("PNG", (200, 60), {})


@pytest.mark.parametrize(
    ("size", "drawn"),
    [((4000, 1000), (400, 100)), ((300, 1200), (30, 120)), ((40, 12), (40, 12)), ((4000, 1), (400, 1))],
)
def test_large_picture_is_made_smaller_and_a_small_one_is_left(size, drawn):
    assert opened(draw(picture(size=size))).size == drawn


@pytest.mark.parametrize(
    ("mode", "drawn"), [("RGBA", "RGBA"), ("RGB", "RGB"), ("L", "RGB"), ("1", "RGB"), ("P", "RGB")]
)
def test_transparency_is_kept(mode, drawn):
    assert opened(draw(picture(mode=mode))).mode == drawn


def test_sixteen_bits_of_grey_stay_grey():
    written = io.BytesIO()
    Image.new("I;16", (10, 10), 32768).save(written, "PNG")
    assert opened(draw(written.getvalue())).getpixel((0, 0)) == (128, 128, 128)


def test_picture_for_printing_is_taken():
    assert opened(draw(picture("JPEG", mode="CMYK"))).mode == "RGB"


def test_picture_lying_on_its_side_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(draw(picture("JPEG", size=(90, 30), exif=exif))).size == (30, 90)


def test_s04_nothing_but_pixels_is_left():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", CANARY.decode())
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    sent = [
        picture(pnginfo=text),
        picture(exif=exif),
        picture("JPEG", exif=exif, comment=CANARY),
        picture("GIF", comment=CANARY),
        picture("WEBP", exif=exif, xmp=CANARY),
        picture(icc_profile=CANARY * 10),
    ]
    for content in sent:
        drawn = draw(content)
        assert isinstance(drawn, Drawn)
        assert CANARY not in drawn.png
        assert set(_chunks(drawn.png)) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def _chunks(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found.append(png[at + 4 : at + 8])
        at += 12 + length
    return found


@pytest.mark.parametrize("tail", [CANARY, b"PK\x03\x04" + CANARY, b"%PDF-1.7" + CANARY])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_s04_polyglot_loses_its_other_half(form, tail):
    drawn = draw(picture(form) + tail)
    assert isinstance(drawn, Drawn)
    assert CANARY not in drawn.png


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
        b"%PDF-1.7", b"PK\x03\x04", b"MZ", b"\0" * 100, b"GIF", b"not a picture", b"%!PS-Adobe-3.0 EPSF-3.0\n",
        picture("TIFF"), picture("BMP"), picture("ICO"), picture("AVIF"),
    ],
)  # fmt: skip
def test_s04_what_is_no_picture_of_the_four_kinds_is_refused(content):
    assert code(draw(content)) == "logo_format"


def test_no_file_is_said_to_be_missing():
    assert code(draw(b"")) == "logo_required"


def test_s04_heavy_file_is_refused_unread():
    assert draw(b"\x89PNG\r\n\x1a\n" + b"\0" * logos.MOST_BYTES) == Problem("logo_too_heavy", "logo", {"limit": 512})


def test_s04_decompression_bomb_is_refused_by_its_header():
    """30,000 by 30,000 pixels of nothing, which would take 900 MB, in some bytes."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000, 9)) + chunk(b"IEND", b"")
    assert code(draw(bomb)) == "logo_too_large"


@pytest.mark.parametrize(
    ("width", "height", "problem"),
    [(2000, 2000, None), (2001, 2000, "logo_too_large"), (4_000_001, 1, "logo_too_large")],
)
def test_s04_pixels_have_an_end(width, height, problem):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = (b"\0" + b"\0" * ((width + 7) // 8)) * height
    found = draw(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
    assert (found.code if isinstance(found, Problem) else None) == problem


@pytest.mark.parametrize(
    "head",
    [
        b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (16_382).to_bytes(3, "little") + (16_382).to_bytes(3, "little"),
        b"VP8L" + struct.pack("<I", 10) + b"\x2f" + struct.pack("<I", 16_382 | 16_382 << 14),
        b"VP8 " + struct.pack("<I", 10) + b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_383),
    ],
)
def test_s04_large_webp_is_refused_before_its_decoder_takes_memory(head):
    body = b"WEBP" + head + b"\0" * 20
    assert code(draw(b"RIFF" + struct.pack("<I", len(body)) + body)) == "logo_too_large"


@pytest.mark.parametrize("kind", ["lossy", "lossless", "transparent"])
def test_webp_says_its_size_as_its_decoder_does(kind):
    more = {"lossless": {"lossless": True}, "transparent": {"mode": "RGBA"}}.get(kind, {})
    assert logos._webp_size(picture("WEBP", (123, 45), **more)) == (123, 45)


def test_s04_jpeg_of_endless_scans_is_refused():
    assert code(draw(picture("JPEG", progressive=True) + b"\xff\xda" * 61)) == "logo_broken"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_s04_truncated_picture_is_refused(form):
    whole = picture(form, (300, 100), mode="RGB")
    assert code(draw(whole[: len(whole) // 2])) in ("logo_broken", "logo_format")


@settings(max_examples=300)
@given(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]), st.data())
def test_s04_damaged_picture_never_raises(form, data):
    content = bytearray(picture(form, (40, 20)))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = draw(bytes(content))
    assert isinstance(found, Drawn | Problem)


def test_logo_is_kept_with_its_words_and_written_down(partner):
    assert logos.change(partner, Sent(picture(), "The Acme anvil"), ORDER) == ()
    kept = PartnerLogo.objects.get()
    assert (kept.partner, kept.width, kept.height, kept.alt) == (partner, 200, 60, "The Acme anvil")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_id, entry.details) == ("theme_changed", partner.pk, {"logo": kept.digest})


def test_logo_without_words_is_called_by_the_partners_name(partner):
    logos.change(partner, Sent(picture(), "  "), ORDER)
    assert PartnerLogo.objects.get().alt == "Acme"


def test_second_logo_replaces_the_first(partner):
    logos.change(partner, Sent(picture()), ORDER)
    logos.change(partner, Sent(picture(size=(50, 50))), ORDER)
    assert PartnerLogo.objects.get().width == 50


def test_every_problem_of_a_logo_comes_at_once(partner):
    found = logos.change(partner, Sent(b"no", "x" * 201), ORDER)
    assert [(each.code, each.field) for each in found] == [("logo_format", "logo"), ("too_long", "alt")]
    assert [each.code for each in logos.change(partner, Sent(picture(), "a\u202eb"), ORDER)] == ["bad_character"]
    assert (PartnerLogo.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_removed_logo_is_gone_and_written_down_once(partner):
    logos.change(partner, Sent(picture()), ORDER)
    logos.remove(partner, ORDER)
    logos.remove(partner, ORDER)
    assert logo_of(partner) is None
    assert [entry.details["logo"] for entry in AuditEntry.objects.order_by("pk")][1:] == [""]
