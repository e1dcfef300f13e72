"""What partners copy from docs/widget.md is what the service serves and the dashboard shows."""

import re
from pathlib import Path

from registration.domain.widget_releases import newest, releases
from registration.views.snippet import Embed, snippet

DOCUMENT = (Path(__file__).resolve().parent.parent / "docs/widget.md").read_text()
SCRIPT = (Path(__file__).resolve().parent.parent / "frontend/widget/register.js").read_text()
EMBED = Embed("https://vote.example.org", "acme", "OH", "es")


def test_w10_snippets_in_the_document_are_those_that_we_hand_out():
    blocks = re.findall(r"^```html\n(.*?)\n```$", DOCUMENT, re.MULTILINE | re.DOTALL)
    last = newest(releases())
    assert [snippet(EMBED, last), snippet(EMBED, last, pinned=True)] == [blocks[0], blocks[2]]


def test_w10_versions_in_the_document_are_those_that_are_served():
    rows = re.findall(r"^\| (\d\S*) \| (\S+) \| `(sha384-\S+)` \|$", DOCUMENT, re.MULTILINE)
    assert rows == [(release.version, str(release.released), release.integrity) for release in releases()]


def test_w05_document_names_every_field_that_may_be_filled_in():
    listed = re.search(r"const PREFILL = \[([^\]]*)\]", SCRIPT)[1]
    paragraph = DOCUMENT[DOCUMENT.index("`prefill` puts in") :].split("texts of")[0]
    assert re.findall(r"`(\w+)`", paragraph)[1:] == re.findall(r'"(\w+)"', listed)


def test_page_of_the_afternoon_is_the_snippet_of_the_demo_partner():
    demo = snippet(Embed("http://127.0.0.1:8000", "demo", "OH", "en"), newest(releases()))
    assert "\n".join(f"   {line}" for line in demo.splitlines()) in DOCUMENT
