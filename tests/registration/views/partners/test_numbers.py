"""The page "Numbers": what is counted of a partner in a span of days, drawn and in tables, and its file."""

import csv
import io
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from registration.models import DailyCount, Partner
from registration.views.partners import charts
from registration.views.partners.charts import Part, bar_chart, day_chart, few, scale

pytestmark = pytest.mark.django_db
TODAY = date(2028, 6, 1)


def add(partner: Partner, kind: str, count: int, days_ago: int = 0, **more: str) -> None:
    values = {"jurisdiction": "GA", "channel": "widget", "language": "en", **more}
    DailyCount.objects.create(partner=partner, kind=kind, count=count, day=TODAY - timedelta(days=days_ago), **values)


@pytest.fixture
def counted(people):
    add(people.partner, "started", 1200, source="spring-mail")
    add(people.partner, "form_made", 40, 3, source="spring-mail")
    add(people.partner, "handed_to_state", 7, 3)
    add(people.partner, "started", 5, 40)
    add(people.partner, "step", 30, step="eligibility")
    return people


def figures(html: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", html))


def rows(html: str, title: str) -> list[list[str]]:
    table = re.search(rf"<caption[^>]*>{title}</caption>(.*?)</table>", html, re.DOTALL)[1]
    found = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", table)
    return [re.sub(r"<[^>]+>", "|", each).replace("||", "|").strip("|").split("|") for each in found]


def test_numbers_of_the_last_30_days_are_the_usual(counted, look):
    page = look(counted.viewer.get(counted.url("numbers/")))
    assert page.headings == ["Numbers"]
    assert figures(page.html) == {"Started": "1,200", "Forms made": "40", "Handed to the state": "7"}
    assert "May 3, 2028 to June 1, 2028" in page.html
    assert len(rows(page.html, "Day")) == 30
    assert rows(page.html, "Day")[-1] == ["June 1, 2028", "1,200", "0", "0"]
    assert rows(page.html, "By state") == [["Georgia", "1,200", "40", "7"]]
    assert rows(page.html, "By source") == [["spring-mail", "1,200", "40", "0"], ["not named", "0", "0", "7"]]
    assert rows(page.html, "By channel") == [["Widget", "1,200", "40", "7"]]
    assert rows(page.html, "By language") == [["English", "1,200", "40", "7"]]
    assert rows(page.html, "Where people stopped")[0] == ["Who may register", "1,200", "1,160"]


@pytest.mark.parametrize(
    ("query", "started", "days"),
    [
        ("?days=7", "1,200", 7),
        ("?days=90", "1,205", 90),
        ("?days=8", "1,200", 30),
        ("?from=2028-04-22&to=2028-04-22", "5", 1),
    ],
)
def test_span_is_chosen_in_the_address(counted, query, started, days):
    html = counted.viewer.get(counted.url("numbers/") + query).content.decode()
    assert (figures(html)["Started"], len(rows(html, "Day"))) == (started, days)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?from=2028-06-02&to=2028-06-01", "Choose a last day that does not come before the first."),
        ("?from=2028-02-30&to=2028-06-01", "Enter two real days, each as year, month and day."),
        ("?from=2028-02-01", "Enter two real days, each as year, month and day."),
        ("?from=0001-01-01&to=9999-12-31", "Choose at most 366 days."),
    ],
)
def test_span_that_is_none_is_said_and_stays_typed(counted, look, query, sentence):
    page = look(counted.viewer.get(counted.url("numbers/") + query))
    assert (page.response.status_code, page.title[:6]) == (400, "Error:")
    assert f'<a href="#id_from">{sentence}</a>' in page.html
    assert page.value("from") == query[6:16]


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_chart_is_sound_and_named_and_has_no_style_of_its_own(counted, prefix):
    html = counted.viewer.get(prefix + counted.url("numbers/")).content.decode()
    drawn = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    pictures = [ElementTree.fromstring(each) for each in drawn]  # noqa: S314  our own page
    named = [each for each in pictures if each.get("role") == "img"]
    assert len(named) == 3 + 1 + 4  # medium and campaign are named nowhere
    for each in named:
        title, text = each.find("title"), each.find("desc")
        assert each.get("aria-labelledby") == f"{title.get('id')} {text.get('id')}"
        assert title.text
        assert text.text
        numbers = [
            value for part in each.iter() for name, value in part.items() if name in ("x", "y", "width", "height")
        ]
        assert all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in numbers)
    assert "style=" not in html
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))


def test_nothing_counted_is_said(people):
    html = people.viewer.get(people.url("numbers/")).content.decode()
    assert html.count("Nothing was counted in these days.") == 7
    assert figures(html) == {"Started": "0", "Forms made": "0", "Handed to the state": "0"}


def test_file_has_every_combination(counted):
    answer = counted.viewer.get(counted.url("numbers/csv/?days=7"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="numbers-2028-05-26-2028-06-01.csv"'
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        [
            "day",
            "state",
            "channel",
            "language",
            "source",
            "medium",
            "campaign",
            "started",
            "forms_made",
            "handed_to_state",
        ],
        ["2028-05-29", "GA", "widget", "en", "", "", "", "0", "0", "7"],
        ["2028-05-29", "GA", "widget", "en", "spring-mail", "", "", "0", "40", "0"],
        ["2028-06-01", "GA", "widget", "en", "spring-mail", "", "", "1200", "0", "0"],
    ]


def test_s10_file_has_no_formula_where_a_campaign_begins_like_one(people):
    add(people.partner, "started", 1, source="-1.~")
    text = b"".join(people.viewer.get(people.url("numbers/csv/")).streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1] == "2028-06-01,GA,widget,en,'-1.~,,,1,0,0"


@pytest.mark.parametrize("path", ["numbers/", "numbers/csv/"])
def test_s22_numbers_are_not_there_for_a_stranger(counted, path):
    assert counted.stranger.get(counted.url(path)).status_code == 404


def test_s22_a_partner_sees_only_its_own_numbers(counted):
    html = counted.stranger.get("/partners/not-acme/numbers/").content.decode()
    assert figures(html) == {"Started": "0", "Forms made": "0", "Handed to the state": "0"}


@pytest.mark.parametrize(
    ("highest", "marks"),
    [
        (0, (0, 1)), (1, (0, 1)), (3, (0, 1, 2, 3)), (4, (0, 1, 2, 3, 4)), (5, (0, 2, 4, 6)), (9, (0, 5, 10)),
        (21, (0, 10, 20, 30)), (47, (0, 20, 40, 60)), (1234, (0, 500, 1000, 1500)),
        (80_001, (0, 50_000, 100_000)),
    ],
)  # fmt: skip
def test_scale_is_made_of_round_numbers(highest, marks):
    assert scale(highest) == marks


def test_bars_of_days_are_as_high_as_their_numbers():
    chart = day_chart("x", "Started", [(TODAY, 0), (TODAY + timedelta(days=1), 2), (TODAY + timedelta(days=2), 4)])
    room = charts.DAYS_HEIGHT - charts.BOTTOM - charts.TOP
    assert [bar.height for bar in chart.bars] == [0, room / 2, room]
    assert [bar.y + bar.height for bar in chart.bars] == [chart.floor] * 3
    assert [bar.said for bar in chart.bars] == ["Jun 1: 0", "Jun 2: 2", "Jun 3: 4"]
    assert [tick.words for tick in chart.words] == ["Jun 1", "Jun 2", "Jun 3"]
    assert chart.description == "6 in all from Jun 1 to Jun 3. Most on Jun 3: 4."


def test_many_rows_end_in_others_and_nothing_is_lost():
    parts = [Part(f"s{number}", 10 - number, 1) for number in range(10)]
    chart = bar_chart("x", "By source", ("made", "handed"), few(parts))
    assert [row.label for row in chart.rows] == ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "Others"]
    assert sum(int(row.whole) for row in chart.rows) == sum(part.whole for part in parts)
    first = chart.rows[0]
    assert (first.solid.said, first.light.said) == ("s0, made: 10", "s0, handed: 1")
    assert first.solid.x + first.solid.width == first.light.x


def test_the_smaller_of_very_many_sources_stand_in_one_row(people):
    """Anybody may come with words of their own, day after day, and the page must not grow with them."""
    for number in range(150):
        add(people.partner, "form_made", 1000 - number, source=f"s{number}")
    page = people.owner.get("/partners/acme/numbers/?from=2028-06-01&to=2028-06-01").content.decode()
    table = page.partition("By source</h2>")[2].partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>.*?<td class="number">.*?<td class="number">(.*?)</td>', table)
    assert len(rows) == 100
    assert rows[98:] == [("s98", "902"), ("Others", f"{sum(1000 - number for number in range(99, 150)):,}")]
