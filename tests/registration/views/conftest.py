"""Pages on a quiet day, five months before a presidential election."""

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine

from tests.registration.flat_answers import PERSON

TODAY = "2028-06-01 15:30:00+00:00"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture(autouse=True)
def _plain_static_names(settings) -> None:
    """Static files by their own names, so that no collected copy of them is needed."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _static_root(settings, tmp_path) -> None:
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def reference(client) -> Callable[[str], str]:
    """The reference that a fresh form of a state carries."""

    def take(address: str = "/apply/ga/") -> str:
        page = client.get(address).content.decode()
        return re.search(r'name="reference" value="([^"]*)"', page)[1]

    return take


@pytest.fixture
def georgia(reference) -> dict[str, str]:
    """A whole form for Georgia with nothing wrong in it."""
    return {
        "reference": reference(),
        **PERSON,
        "home_city": "Atlanta",
        "home_zip": "30303",
        "licence": "057123456",
        "race": "",
    }


class Page:
    """What a test asks of a page's HTML."""

    def __init__(self, response) -> None:
        self.response = response
        self.html = response.content.decode()

    @property
    def title(self) -> str:
        return re.search(r"<title>(.*?)</title>", self.html)[1]

    @property
    def headings(self) -> list[str]:
        return [" ".join(text.split()) for text in re.findall(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(anchor, sentence) of each link in the error summary."""
        block = re.search(r"<div data-summary>(.*?)</div></div>", self.html, re.DOTALL)
        return re.findall(r'<a href="#([^"]*)">([^<]*)</a>', block[1]) if block else []

    def value(self, name: str) -> str:
        return re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', self.html)[1]

    def chosen(self, name: str) -> list[str]:
        return re.findall(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)" checked', self.html)


@pytest.fixture
def look() -> type[Page]:
    return Page
