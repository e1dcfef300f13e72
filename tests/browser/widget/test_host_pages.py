"""The widget on pages of partners, plain, strict and hostile. They are at 127.0.0.1, we at localhost: two sites."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from registration.models import Partner
from tests.browser.auditing import violations
from tests.browser.hosting import STRICT, TRUSTED_TYPES, Host
from tests.browser.widget.framed import (
    begin,
    frame_of,
    frames_of,
    link,
    ready,
    seen,
    until_gone,
    wait_until_it_fits,
    widget,
)

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.usefixtures("demo_partner")

HOSTILE = """
main, main * { all: unset !important; }
main * { display: none !important; visibility: hidden !important; opacity: 0 !important; height: 0 !important;
  max-height: 0 !important; clip-path: inset(100%) !important; content-visibility: hidden !important; }
body { visibility: hidden; text-transform: uppercase; font: 3px monospace; }
"""
PLAIN = "<div>{}</div>"
#: Rules that themes and page builders bring along.
WORDPRESS = "iframe { max-width: 100%; height: auto; } .entry * { max-width: 650px; }"
SQUARESPACE = ".entry { display: flex; flex-direction: column; } .entry > * { float: left; }"


def test_w02_strict_page_is_broken_nowhere(host, site_url, partner_site):
    complaints_of_browser: list[str] = []
    host.on("console", lambda message: complaints_of_browser.append(message.text) if message.type == "error" else None)
    inner = widget(site_url) + '<vote-deadline state="GA" lang="es"><a href="/x">Fechas</a></vote-deadline>'
    host.goto(Host(site_url, inner, policy=STRICT + TRUSTED_TYPES).put(partner_site))
    ready(host, 2)
    frame = frame_of(host, "/state/ga/")
    begin(frame)
    expect(frame.locator("section[data-step]:visible")).to_have_count(1)
    wait_until_it_fits(frame)
    assert host.evaluate("violations") == []
    assert complaints_of_browser == []


@pytest.mark.parametrize(
    "style",
    [
        pytest.param(HOSTILE, id="hides everything"),
        pytest.param("body { zoom: 1.5; }", id="zoom"),
        pytest.param("html { font-size: 62.5%; } vote-register { margin: 40px; width: 300px; }", id="narrow"),
        pytest.param("* { writing-mode: vertical-rl; }", id="vertical"),
    ],
)
def test_w12_it_shows_on_a_page_with_styles_against_it(host, site_url, partner_site, style):
    host.goto(Host(site_url, widget(site_url), style=style).put(partner_site))
    ready(host)
    frame = frame_of(host)
    expect(frame.locator("h1")).to_be_visible()
    wait_until_it_fits(frame)
    box = host.locator("vote-register").bounding_box()
    assert box["width"] >= 280
    assert box["height"] >= 400


def test_w12_the_link_shows_on_a_page_with_styles_against_it(host, site_url, partner_site):
    page = Host(site_url, '<vote-register><a href="/x">Register to vote</a></vote-register>', style=HOSTILE)
    host.goto(page.put(partner_site))
    expect(host.locator("vote-register a")).to_be_visible()


def test_w12_page_from_right_to_left_has_it_whole_and_in_its_own_direction(host, site_url, partner_site):
    host.goto(Host(site_url, widget(site_url), html='lang="ar" dir="rtl"').put(partner_site))
    ready(host)
    frame = frame_of(host)
    wait_until_it_fits(frame)
    assert frame.evaluate("getComputedStyle(document.body).direction") == "ltr"
    assert host.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_w01_w14_page_that_is_a_program_puts_it_in_takes_it_out_and_puts_it_back(host, site_url, partner_site):
    host.goto(Host(site_url, '<div id="view"></div>').put(partner_site))
    for count in (1, 2, 3):
        host.evaluate(
            """(ours) => {
                const element = document.createElement("vote-register");
                element.setAttribute("partner", "demo");
                element.setAttribute("state", "GA");
                document.getElementById("view").replaceChildren(element);
            }""",
            site_url,
        )
        ready(host, count)
        assert len(frames_of(host)) == 1
        assert violations(host) == []
        host.evaluate("document.getElementById('view').replaceChildren()")
        until_gone(host)


def test_w01_three_on_a_page_are_independent(host, site_url, partner_site):
    inner = widget(site_url, 'state="GA"', "ga") + widget(site_url, 'state="VA" lang="es"', "va")
    inner += widget(site_url, "", "any")
    host.goto(Host(site_url, inner).put(partner_site))
    for name in ("ga", "va", "any"):
        host.locator(f"#{name}").scroll_into_view_if_needed()
    ready(host, 3)
    assert frame_of(host, "/embed/demo/state/ga/").evaluate("document.documentElement.lang") == "en"
    spanish = frame_of(host, "/embed/demo/es/state/va/")
    assert spanish.evaluate("document.documentElement.lang") == "es"
    begin(spanish, "va")
    host.wait_for_function("seen.some(each => each.type === 'vote-register:step')")
    steps = [(each["on"], each["detail"]["state"]) for each in seen(host) if each["type"] == "vote-register:step"]
    assert set(steps) == {("va", "VA")}
    assert [frame.url for frame in frames_of(host) if "/apply/" in frame.url] == [spanish.url]


def test_w03_page_that_the_partner_has_not_allowed_keeps_the_link(host, site_url, partner_site, demo_partner):
    Partner.objects.create(slug="stranger", name="Stranger", approved_at=demo_partner.approved_at)
    host.clock.install()
    inner = widget(site_url).replace('partner="demo"', 'partner="stranger"')
    host.goto(Host(site_url, inner).put(partner_site))
    host.wait_for_function("!!customElements.get('vote-register')")
    host.wait_for_timeout(500)
    host.clock.run_for(9_000)
    host.wait_for_function("seen.length === 1")
    assert seen(host)[0]["detail"]["outcome"] == "timeout"
    link(host).click()
    expect(host.locator("h1")).to_have_text("Register to vote in Georgia")


def test_w09_without_scripts_the_link_leads_to_the_whole_site_with_the_partner(browser, site_url, partner_site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(Host(site_url, widget(site_url)).put(partner_site))
    link(page).click()
    expect(page.locator("h1")).to_have_text("Register to vote in Georgia")
    expect(page.get_by_text("You came here from Riverside Library.")).to_be_visible()
    assert "partner=demo" in page.locator("a[href*='/apply/ga/']").first.get_attribute("href")
    context.close()


def test_w09_script_that_cannot_be_loaded_leaves_the_link(host, site_url, partner_site):
    host.goto(Host(site_url, widget(site_url), script="/w/9.9.9/register.js").put(partner_site))
    link(host).click()
    expect(host.locator("h1")).to_have_text("Register to vote in Georgia")


def test_w07_page_can_read_nothing_of_the_frame(host, site_url, partner_site):
    """It cannot find the frame's window, and where a message of the frame names it, it cannot look into it."""
    before = "addEventListener('message', (event) => { window.found = event.source; });"
    host.goto(Host(site_url, widget(site_url), before=before).put(partner_site))
    ready(host)
    assert host.evaluate("[frames.length, document.querySelector('vote-register').shadowRoot]") == [0, None]
    attempt = "() => { try { return found.document.body.innerText; } catch (error) { return error.name; } }"
    assert host.evaluate(attempt) == "SecurityError"


#: The lines that the document gives to partners.
ROOM = re.search(r"```css\n(@media.*?)```", (ROOT / "docs/widget.md").read_text(), re.DOTALL)[1]
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("size", [(390, 844), (1280, 800), (1920, 1080)], ids=["phone", "desktop", "large"])
@pytest.mark.parametrize("attributes", ['state="GA"', ""], ids=["state", "any state"])
def test_w08_page_does_not_jump_when_the_frame_takes_the_links_place(host, site_url, partner_site, size, attributes):
    host.set_viewport_size({"width": size[0], "height": size[1]})
    inner = f"<p>{'Some words before it. ' * 12}</p>{widget(site_url, attributes)}<p>{'And after. ' * 200}</p>"
    host.goto(Host(site_url, inner, before=SHIFTS, style=ROOM).put(partner_site))
    ready(host)
    wait_until_it_fits(frame_of(host))
    host.wait_for_timeout(150)
    assert host.evaluate("shift") < 0.05


def test_w08_height_follows_and_a_new_step_is_shown_from_its_top_once(host, site_url, partner_site):
    before = "window.scrolls = 0; const was = Element.prototype.scrollIntoView;"
    before += (
        "Element.prototype.scrollIntoView = function (...all) { window.scrolls += 1; return was.apply(this, all); };"
    )
    space = '<div style="height:700px"></div>'
    host.goto(Host(site_url, space + widget(site_url) + space, before=before).put(partner_site))
    host.locator("vote-register").scroll_into_view_if_needed()
    ready(host)
    frame = frame_of(host)
    wait_until_it_fits(frame)
    assert host.evaluate("scrolls") == 0
    tall = host.locator("vote-register").bounding_box()["height"]
    host.evaluate("scrollTo(0, document.querySelector('vote-register').getBoundingClientRect().top + scrollY + 500)")
    begin(frame)
    host.wait_for_function("scrolls === 1")
    wait_until_it_fits(frame)
    host.wait_for_timeout(150)
    box = host.locator("vote-register").bounding_box()
    assert box["height"] != tall
    assert abs(box["y"]) <= 1
    assert host.evaluate("scrolls") == 1


def test_w08_the_keyboard_goes_through_the_frame_and_out_again(host, site_url, partner_site):
    inner = f'<button id="before">Before</button>{widget(site_url)}<button id="after">After</button>'
    host.goto(Host(site_url, inner).put(partner_site))
    ready(host)
    frame = frame_of(host)
    focusable = "a[href], button, input:not([type=hidden]), select, summary"
    host.locator("#before").focus()
    host.keyboard.press("Tab")
    host.wait_for_function("document.activeElement.id === 'one'")
    frame.wait_for_function("document.activeElement.matches('.usa-skipnav, a, button')")
    host.keyboard.press("Shift+Tab")
    host.wait_for_function("document.activeElement.id === 'before'")
    frame.locator(focusable).last.focus()
    host.keyboard.press("Escape")
    host.keyboard.press("Tab")
    host.wait_for_function("document.activeElement.id === 'after'")


def test_focus_method_leads_to_the_frames_heading_or_to_the_link(host, site_url, partner_site):
    host.goto(Host(site_url, widget(site_url)).put(partner_site))
    ready(host)
    frame = frame_of(host)
    host.evaluate("document.querySelector('vote-register').focus()")
    frame.wait_for_function("document.hasFocus() && document.activeElement.matches('h1')")


@pytest.mark.parametrize(
    ("style", "policy", "wrapper"),
    [
        pytest.param("", "", PLAIN, id="plain"),
        pytest.param("", STRICT, PLAIN, id="strict"),
        pytest.param(WORDPRESS, "", '<div class="entry"><p>{}</p></div>', id="wordpress"),
        pytest.param(SQUARESPACE, "", '<div class="entry"><div><div>{}</div></div></div>', id="squarespace"),
    ],
)
def test_w14_axe_finds_nothing_on_a_page_with_the_widget(host, site_url, partner_site, style, policy, wrapper):
    deadline = '<vote-deadline state="GA"><a href="/x">See the last days</a></vote-deadline>'
    page = Host(site_url, wrapper.format(widget(site_url) + deadline), style=style, policy=policy)
    host.goto(page.put(partner_site))
    host.locator("vote-deadline").scroll_into_view_if_needed()
    ready(host, 2)
    found = [frame_of(host, "/state/ga/"), frame_of(host, "/deadline/")]
    for frame in found:
        wait_until_it_fits(frame)
    assert violations(host) == []
    if wrapper == PLAIN and not policy:  # the frames are the same on each page
        assert [violations(frame) for frame in found] == [[], []]
