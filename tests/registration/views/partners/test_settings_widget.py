"""The look of the widget and the lines to copy, in the dashboard."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from registration.domain.theme import Theme, preview_css, theme_of
from registration.models import Partner, PartnerLogo
from tests.members import show_factor
from tests.registration.views.partners.setting_up import picture

pytestmark = pytest.mark.django_db
TYPED = {"primary": "#7A1F3D", "accent": "ffd100", "radius": "12", "font": "serif"}


def kept() -> Theme:
    return theme_of(Partner.objects.get(slug="acme"))


def sent(content: bytes, name: str = "logo.png", **more) -> dict:
    return {"logo": SimpleUploadedFile(name, content, "image/png"), "alt": "", **more}


def test_theme_is_kept(people):
    answer = people.manager.post(people.url("widget/"), TYPED, follow=True)
    assert kept() == Theme("#7a1f3d", "#ffd100", 12, "serif")
    assert "Your widget has its new look." in answer.content.decode()


def test_w11_theme_that_cannot_be_read_is_refused_and_all_that_was_typed_stays(people):
    answer = people.manager.post(people.url("widget/"), {**TYPED, "primary": "#ffd100", "radius": "99"})
    html = answer.content.decode()
    assert (answer.status_code, kept()) == (400, Theme())
    assert html.count("The nearest color that works is #826b00.") == 2
    assert html.count("Choose a number from 0 to 24.") == 2
    for value in ("#ffd100", "ffd100", "99"):
        assert f'value="{value}"' in html


@pytest.mark.parametrize("radius", ["", "-1", "1.5", "٣", "9" * 50, "1;}"])
def test_s04_radius_that_is_no_number_is_refused(people, radius):
    answer = people.manager.post(people.url("widget/"), {**TYPED, "radius": radius})
    assert (answer.status_code, kept()) == (400, Theme())


def test_theme_may_be_tried_without_scripts_and_without_being_kept(people):
    page = people.viewer.get(people.url("widget/"), TYPED)
    assert 'preview/?primary=%237a1f3d&amp;accent=%23ffd100&amp;radius=12&amp;font=serif"' in page.content.decode()
    assert kept() == Theme()


def test_check_tells_the_tokens_and_what_is_wrong(people):
    answer = json.loads(people.viewer.get(people.url("widget/check/"), {**TYPED, "primary": "#ffd100"}).content)
    assert list(answer["problems"]) == ["primary"]
    assert (answer["tokens"]["--theme-primary"], answer["tokens"]["--theme-radius"]) == ("#ffd100", "12px")


def test_s04_style_of_the_preview_holds_nothing_that_was_typed_but_tokens(people):
    evil = {"primary": "red;}*{display:none}", "accent": "</style>", "radius": "1;}", "font": "x}"}
    answer = people.viewer.get(people.url("widget/preview.css"), evil)
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer.content.decode() == preview_css(Theme())


def test_logo_is_drawn_anew_and_shown(people):
    people.manager.post(people.url("widget/logo/"), sent(picture("JPEG")))
    image = people.viewer.get(people.url("widget/logo.png"))
    assert (image["Content-Type"], image.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert PartnerLogo.objects.get().alt == "Acme Voters"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "We could not read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Choose a PNG, JPEG, WebP or GIF file."),
        (picture() + b"\0" * 600_000, "Choose a file of at most 512 kB."),
        (picture()[:60], "We could not read this picture."),
    ],
)
def test_s04_file_that_is_no_small_picture_is_refused(people, content, said):
    answer = people.manager.post(people.url("widget/logo/"), sent(content, alt="Our anvil"))
    html = answer.content.decode()
    assert (answer.status_code, PartnerLogo.objects.count()) == (400, 0)
    assert said in html or (not content and "Choose a picture first." in html)
    assert 'value="Our anvil"' in html


def test_missing_file_is_said(people):
    answer = people.manager.post(people.url("widget/logo/"), {"alt": ""})
    assert answer.content.decode().count("Choose a picture first.") == 2


def test_s04_far_too_large_request_is_refused_unread(people):
    answer = people.manager.post(people.url("widget/logo/"), sent(b"\0" * 8_100_000))
    assert (answer.status_code, PartnerLogo.objects.count()) == (400, 0)


def test_s04_second_file_and_files_of_other_names_are_passed_over(people):
    first, second = io.BytesIO(picture()), io.BytesIO(picture(size=(9, 9)))
    first.name, second.name = "a.png", "b.png"
    people.manager.post(
        people.url("widget/logo/"), {"other": io.BytesIO(b"x" * 1000), "logo": [first, second], "alt": ""}
    )
    assert PartnerLogo.objects.get().width == 120


def test_s25_logo_without_a_token_is_refused(people):
    client = Client(enforce_csrf_checks=True)
    user = people.members["owner"].user
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    show_factor(client, user)
    assert client.post(people.url("widget/logo/"), sent(picture())).status_code == 403
    assert client.post(people.url("widget/"), TYPED).status_code == 403
    assert PartnerLogo.objects.count() == 0


def test_removed_logo_is_gone(people):
    people.manager.post(people.url("widget/logo/"), sent(picture()))
    people.manager.post(people.url("widget/logo/remove/"))
    assert people.manager.get(people.url("widget/logo.png")).status_code == 404


def test_no_other_page_takes_a_file(people):
    people.manager.post(people.url("widget/"), {**TYPED, "logo": SimpleUploadedFile("x.png", picture())})
    assert PartnerLogo.objects.count() == 0


def test_snippet_follows_what_is_chosen(people, look):
    html = people.viewer.get(people.url("snippet/"), {"state": "GA", "lang": "es", "source": "library"})
    fields = look(html).html
    attributes = 'partner="acme" state="GA" lang="es" source="library"'.replace('"', "&quot;")
    assert f"&lt;vote-register {attributes}&gt;" in fields
    assert "/es/state/ga/?partner=acme&amp;amp;source=library" in fields
    assert "/w/1/register.js" in fields
    assert "integrity=&quot;sha384-" in fields


def test_s04_source_with_markup_is_refused(people):
    answer = people.viewer.get(people.url("snippet/"), {"source": '"><script>'})
    assert answer.status_code == 400
    assert "Use letters, digits, dots" in answer.content.decode()


def test_s04_partners_name_is_shown_as_text(people):
    Partner.objects.filter(slug="acme").update(name="<script>alert(1)</script>")
    for path in ("", "widget/", "widget/preview/", "snippet/", "tracking/"):
        assert b"<script>alert" not in people.viewer.get(people.url(path)).content
