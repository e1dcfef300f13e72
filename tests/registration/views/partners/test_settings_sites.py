"""Sites and questions in the dashboard: what is typed stays, what is wrong is said at its field."""

import pytest

from registration.models import AuditEntry, OptInQuestion, PartnerSite
from tests.members import show_factor
from tests.registration.views.partners.setting_up import furnish

pytestmark = pytest.mark.django_db


def origins():
    return list(PartnerSite.objects.values_list("origin", flat=True))


def test_site_is_allowed_and_the_page_says_so(people):
    answer = people.manager.post(people.url("sites/add/"), {"site": "www.Example.org/"}, follow=True)
    assert origins() == ["https://www.example.org"]
    assert "https://www.example.org may show your widget now." in answer.content.decode()
    entry = AuditEntry.objects.get(action="site_allowed")
    assert (entry.who, entry.partner) == (f"member {people.members['manager'].pk}", people.partner)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the address of your site, like https://www.example.org."),
        ("https://*.example.org", "Add each site by its own name. A star for many sites is not safe."),
        ("http://example.org", "Use a site that has https. We can take https://example.org."),
        ("https://example.org/vote", "Leave out what comes after the name. Enter https://example.org."),
    ],
)
def test_site_that_cannot_be_allowed_is_said_at_its_field(people, typed, said):
    answer = people.manager.post(people.url("sites/add/"), {"site": typed})
    html = answer.content.decode()
    assert (answer.status_code, origins()) == (400, [])
    assert html.count(said) == 2
    assert f'value="{typed}"' in html or not typed
    assert "<title>Error:" in html


def test_s04_markup_in_a_site_is_shown_as_text(people):
    answer = people.manager.post(people.url("sites/add/"), {"site": '"><script>alert(1)</script>'})
    assert answer.status_code == 400
    assert b"<script>alert" not in answer.content


def test_s14_site_is_not_allowed_while_the_factor_is_old(people):
    show_factor(people.manager, people.members["manager"].user, seconds_ago=301)
    answer = people.manager.post(people.url("sites/add/"), {"site": "https://www.example.org"})
    assert (answer.status_code, origins()) == (302, [])


def test_site_is_removed_after_a_question(people):
    furnish(people.partner)
    site = PartnerSite.objects.get()
    page = people.manager.get(people.url(f"sites/{site.pk}/remove/"))
    assert "Remove this site?" in page.content.decode()
    assert origins() == [site.origin]
    answer = people.manager.post(people.url(f"sites/{site.pk}/remove/"), follow=True)
    assert origins() == []
    assert f"{site.origin} was removed." in answer.content.decode()


def words():
    rows = OptInQuestion.objects.filter(retired_at=None).order_by("position")
    return [(each.means, each.text, each.text_es) for each in rows]


def test_question_is_asked(people):
    typed = {"means": "email", "text": "May we write\r\nto you?", "text_es": "¿Podemos escribirle?"}
    people.manager.post(people.url("questions/add/"), typed)
    assert words() == [("email", "May we write to you?", "¿Podemos escribirle?")]


def test_every_problem_of_a_question_is_said_at_once_and_all_is_kept(people):
    typed = {"means": "", "text": "See https://evil.example", "text_es": "<b>Hola</b>"}
    answer = people.manager.post(people.url("questions/add/"), typed)
    html = answer.content.decode()
    assert (answer.status_code, words()) == (400, [])
    for said in ("Choose email or phone.", "Leave out web and email addresses.", "Use plain text, with no HTML tags"):
        assert html.count(said) == 2
    assert "See https://evil.example</textarea>" in html
    assert "&lt;b&gt;Hola&lt;/b&gt;</textarea>" in html


def test_missing_question_is_said_once(people):
    html = people.manager.post(people.url("questions/add/"), {"means": "email"}).content.decode()
    assert html.count("Enter the question.") == 2


def test_question_is_changed_moved_and_retired(people):
    furnish(people.partner)
    first, second = OptInQuestion.objects.order_by("pk")
    people.manager.post(people.url(f"questions/{second.pk}/up/"))
    assert [text for _means, text, _es in words()] == [second.text, first.text]
    people.manager.post(people.url(f"questions/{first.pk}/"), {"means": "email", "text": "May Acme write?"})
    assert [text for _means, text, _es in words()] == [second.text, "May Acme write?"]
    people.manager.post(people.url(f"questions/{second.pk}/retire/"))
    assert [text for _means, text, _es in words()] == ["May Acme write?"]
    assert people.manager.get(people.url(f"questions/{second.pk}/")).status_code == 404
    assert second.text in people.viewer.get(people.url("questions/")).content.decode()
