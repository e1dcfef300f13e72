"""The loader against frames that speak the protocol well, badly or not at all."""

import pytest
from playwright.sync_api import expect

from tests.browser.hosting import STRICT, TRUSTED_TYPES, Host, stand_in
from tests.browser.widget.framed import frame_of, link, ready, seen

LINK = '<a href="/fallback">Register to vote</a>'
WIDGET = f'<vote-register id="one" partner="demo" state="OH" lang="es" source="news">{LINK}</vote-register>'
#: Changes the clock so that eight seconds pass in a moment.
PATIENCE = 8_000


def test_w01_the_link_gives_way_to_the_frame_when_it_is_ready(host, ours, partner_site):
    stand_in(ours, "window.onhello = () => {}")
    host.goto(Host(ours.origin, WIDGET).put(partner_site))
    expect(host.locator("vote-register")).to_have_count(1)
    host.wait_for_function("() => true")
    expect(link(host)).to_be_visible()
    frame = frame_of(host)
    frame.wait_for_function("() => host !== null")
    assert seen(host) == []
    frame.evaluate('say("ready", {v: 1})')
    ready(host)
    expect(link(host)).to_be_hidden()
    nothing = {"step": "", "state": "", "lang": "es", "outcome": ""}
    assert seen(host) == [{"type": "vote-register:ready", "detail": nothing, "frozen": True, "on": "one"}]


def test_frame_has_exactly_the_agreed_attributes(host, ours, partner_site):
    """The shadow tree is closed to the page; the test opens it by standing before it."""
    stand_in(ours)
    before = """
    const closed = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function () { return (window.root = closed.call(this, {mode: "open"})); };
    """
    host.goto(Host(ours.origin, WIDGET, before=before).put(partner_site))
    ready(host)
    attributes = host.evaluate(
        "Object.fromEntries([...root.querySelector('iframe').attributes].map(a => [a.name, a.value]))"
    )
    attributes.pop("class")
    attributes.pop("style", None)
    assert attributes == {
        "title": "Inscríbase para votar",
        "allow": "clipboard-write",
        "referrerpolicy": "strict-origin",
        "sandbox": "allow-forms allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox "
        "allow-downloads",
        "loading": "lazy",
        "src": f"{ours.origin}/embed/demo/start/?lang=es&state=OH&source=news",
    }


def test_tree_of_the_element_is_closed_and_no_name_is_global(host, ours, partner_site):
    stand_in(ours)
    before = "window.names = new Set(Object.getOwnPropertyNames(window));"
    host.goto(Host(ours.origin, WIDGET, before=before).put(partner_site))
    ready(host)
    assert host.evaluate("document.querySelector('vote-register').shadowRoot") is None
    added = host.evaluate(
        "Object.getOwnPropertyNames(window).filter(name => !names.has(name) && !/^[0-9]+$/.test(name))"
    )
    assert [name for name in added if name not in ("names", "one")] == []


def test_w09_a_frame_that_is_never_ready_leaves_the_link(host, ours, partner_site):
    stand_in(ours, "window.onhello = () => {}")
    host.clock.install()
    host.goto(Host(ours.origin, WIDGET).put(partner_site))
    frame_of(host).wait_for_function("() => host !== null")
    host.clock.run_for(PATIENCE - 500)
    assert len(host.frames) == 2
    host.clock.run_for(1_000)
    host.wait_for_function("window.seen.length === 1")
    assert [(each["type"], each["detail"]["outcome"]) for each in seen(host)] == [("vote-register:error", "timeout")]
    assert len(host.frames) == 1
    expect(link(host)).to_be_visible()


def test_w09_a_frame_far_below_is_not_given_up_before_it_is_seen(host, ours, partner_site):
    stand_in(ours)
    host.clock.install()
    host.goto(Host(ours.origin, f'<div style="height:20000px"></div>{WIDGET}').put(partner_site))
    host.wait_for_function("!!customElements.get('vote-register')")
    host.clock.run_for(3 * PATIENCE)
    assert seen(host) == []
    host.locator("vote-register").scroll_into_view_if_needed()
    host.clock.run_for(100)
    ready(host)
    expect(link(host)).to_be_hidden()


@pytest.mark.parametrize("missing", ['partner=""', 'partner="../x"', 'partner="A B"', ""])
def test_without_a_partner_the_link_stays(host, ours, partner_site, missing):
    host.goto(Host(ours.origin, f"<vote-register {missing}>{LINK}</vote-register>").put(partner_site))
    host.wait_for_function("!!customElements.get('vote-register')")
    assert len(host.frames) == 1
    expect(link(host)).to_be_visible()


MISSPOKEN = [
    '{ns: "vr2", id, type: "ready", data: {v: 1}}',
    '{ns: "vr1", id: "w0-1", type: "ready", data: {v: 1}}',
    '{ns: "vr1", type: "ready", data: {v: 1}}',
    '{ns: "vr1", id, type: "ready", data: {v: 2}}',
    '{ns: "vr1", id, type: "ready", data: {v: 1, name: "Ana"}}',
    '{ns: "vr1", id, type: "ready", data: {v: 1}, more: 1}',
    '{ns: "vr1", id, type: "ready", data: null}',
    '{ns: "vr1", id, type: "ready", data: [1]}',
    '{ns: "vr1", id, type: ["ready"], data: {v: 1}}',
    '{ns: "vr1", id, type: "toString", data: {}}',
    '{ns: "vr1", id, type: "__proto__", data: {}}',
    '"ready"',
    "null",
    "new Map([['ns', 'vr1']])",
]
LATER = [
    '{ns: "vr1", id, type: "step", data: {step: "Ana Ruiz", state: "OH", lang: "en"}}',
    '{ns: "vr1", id, type: "step", data: {step: "name", state: "Ohio", lang: "en"}}',
    '{ns: "vr1", id, type: "step", data: {step: "name", state: "OH", lang: "fr"}}',
    '{ns: "vr1", id, type: "step", data: {step: "name", state: "OH", lang: "en", first_name: "Ana"}}',
    '{ns: "vr1", id, type: "completed", data: {state: "OH", lang: "en", outcome: "registered"}}',
    '{ns: "vr1", id, type: "height", data: {px: "12"}}',
    '{ns: "vr1", id, type: "height", data: {px: NaN}}',
    '{ns: "vr1", id, type: "height", data: {px: 1e9}}',
    '{ns: "vr1", id, type: "error", data: {code: "It broke for Ana."}}',
]


def test_malformed_messages_are_ignored(host, ours, partner_site):
    stand_in(ours, "window.onhello = () => {}")
    host.goto(Host(ours.origin, WIDGET).put(partner_site))
    frame = frame_of(host)
    frame.wait_for_function("() => host !== null")
    for each in MISSPOKEN:
        frame.evaluate(f"() => host.source.postMessage({each}, host.origin)")
    host.wait_for_timeout(100)
    assert seen(host) == []
    expect(link(host)).to_be_visible()
    frame.evaluate('say("step", {step: "name", state: "OH", lang: "en"})')
    frame.evaluate('say("ready", {v: 1})')
    ready(host)
    for each in LATER:
        frame.evaluate(f"() => host.source.postMessage({each}, host.origin)")
    host.wait_for_timeout(100)
    assert len(seen(host)) == 1


def test_messages_of_another_source_or_origin_are_ignored(host, ours, partner_site):
    """The page itself, and a second frame of our own origin, say "ready" in the right words."""
    stand_in(ours, "window.onhello = () => {}")
    ours.add("/other/", "<!doctype html><title>other</title>")
    host.goto(
        Host(ours.origin, f'{WIDGET}<iframe src="{ours.origin}/other/" title="other"></iframe>').put(partner_site)
    )
    frame = frame_of(host)
    frame.wait_for_function("() => host !== null")
    message = {"ns": "vr1", "id": frame.evaluate("id"), "type": "ready", "data": {"v": 1}}
    host.evaluate("message => window.postMessage(message, '*')", message)
    frame_of(host, "/other/").evaluate("message => parent.postMessage(message, '*')", message)
    host.wait_for_timeout(150)
    assert seen(host) == []
    expect(link(host)).to_be_visible()


def test_w06_every_event_says_step_state_language_and_outcome_only(host, ours, partner_site):
    stand_in(ours)
    host.goto(Host(ours.origin, WIDGET).put(partner_site))
    ready(host)
    frame = frame_of(host)
    frame.evaluate('say("state", {state: "OH", lang: "es"})')
    frame.evaluate('say("step", {step: "name", state: "OH", lang: "es"})')
    frame.evaluate('say("completed", {state: "OH", lang: "en", outcome: "form_ready"})')
    frame.evaluate('say("error", {code: "gone"})')
    host.wait_for_function("window.seen.length === 5")
    assert [(each["type"].split(":")[1], each["detail"], each["frozen"]) for each in seen(host)] == [
        ("ready", {"step": "", "state": "", "lang": "es", "outcome": ""}, True),
        ("state", {"step": "", "state": "OH", "lang": "es", "outcome": ""}, True),
        ("step", {"step": "name", "state": "OH", "lang": "es", "outcome": ""}, True),
        ("completed", {"step": "name", "state": "OH", "lang": "en", "outcome": "form_ready"}, True),
        ("error", {"step": "name", "state": "", "lang": "es", "outcome": "gone"}, True),
    ]


def test_w05_prefill_goes_by_message_after_ready_and_holds_the_allowed_names_only(host, ours, partner_site):
    stand_in(ours, "window.onhello = () => {}")
    host.goto(Host(ours.origin, WIDGET).put(partner_site) + "?first_name=Query")
    frame = frame_of(host)
    frame.wait_for_function("() => host !== null")
    given = {
        "first_name": "Ana", "zip": "43004", "birth_year": "1990", "ssn4": "1234", "race": "x", "party_choice": "x",
        "citizen": "yes", "last_name": 7, "address": "x" * 201,
    }  # fmt: skip
    taken = host.evaluate("given => document.querySelector('vote-register').prefill(given)", given)
    assert taken == ["first_name", "zip"]
    assert [each["type"] for each in frame.evaluate("heard")] == ["hello"]
    frame.evaluate('say("ready", {v: 1})')
    frame.wait_for_function("() => heard.length === 2")
    said = frame.evaluate("heard[1]")
    assert (said["type"], said["data"]) == ("prefill", {"first_name": "Ana", "zip": "43004"})
    assert [path for path in [*ours.asked, frame.url] if "Ana" in path or "43004" in path or "Query" in path] == []


def test_changes_of_language_and_theme_are_told_and_others_load_anew(host, ours, partner_site):
    stand_in(ours)
    host.goto(Host(ours.origin, WIDGET).put(partner_site))
    ready(host)
    frame = frame_of(host)
    host.evaluate("""() => {
        const widget = document.querySelector("vote-register");
        widget.setLanguage("en");
        widget.setLanguage("fr");
        widget.setAttribute("theme", "dark");
    }""")
    frame.wait_for_function("() => heard.length === 3")
    assert [(each["type"], each["data"]) for each in frame.evaluate("heard.slice(1)")] == [
        ("lang", {"lang": "en"}),
        ("theme", {"theme": "dark"}),
    ]
    ours.asked.clear()
    host.evaluate("""() => {
        const widget = document.querySelector("vote-register");
        widget.setAttribute("state", "GA");
        widget.setAttribute("source", "mail");
    }""")
    ready(host, 2)
    assert ours.asked == ["/embed/demo/start/?lang=en&state=GA&source=mail"]


def test_w01_second_script_does_nothing_and_three_widgets_are_apart(host, ours, partner_site):
    stand_in(ours)
    stand_in(ours, path="/embed/other/start/")
    three = "".join(
        f'<vote-register id="w{index}" partner="{partner}">{LINK}</vote-register>'
        for index, partner in enumerate(("demo", "other", "demo"))
    )
    again = f'<script async src="{ours.origin}/w/1/register.js?again"></script>'
    ours.pages["/w/1/register.js?again"] = ours.pages["/w/1/register.js"]
    host.goto(Host(ours.origin, again + three).put(partner_site))
    ready(host, 3)
    other = frame_of(host, "/embed/other/")
    other.evaluate('say("step", {step: "name", state: "OH", lang: "en"})')
    host.wait_for_function("window.seen.length === 4")
    assert seen(host)[3]["on"] == "w1"
    ids = {frame.evaluate("id") for frame in host.frames if "/embed/" in frame.url}
    assert len(ids) == 3


def test_w01_an_element_added_later_comes_to_life_and_one_taken_away_leaves_nothing(host, ours, partner_site):
    stand_in(ours)
    host.goto(Host(ours.origin, "").put(partner_site))
    host.evaluate("""() => {
        window.widget = document.createElement("vote-register");
        widget.setAttribute("partner", "demo");
        document.querySelector("main").append(widget);
    }""")
    ready(host)
    for count in (2, 3):
        host.evaluate("widget.remove()")
        host.wait_for_function("document.querySelectorAll('vote-register').length === 0")
        assert len(host.frames) == 1
        host.evaluate("document.querySelector('main').prepend(widget)")
        ready(host, count)
    assert len(host.frames) == 2


POLLUTED = """
for (const name of ["ns", "id", "type", "data", "get", "set", "value", "px", "v", "state", "step", "lang", "code",
    "outcome", "mode", "delegatesFocus", "slotAssignment", "once", "signal", "root", "rootMargin", "threshold",
    "detail", "first_name", "block", "behavior"]) Object.prototype[name] = "polluted";
const broken = () => { throw new Error("polluted"); };
for (const name of ["map", "forEach", "includes", "some", "filter", "push", "indexOf", "join"])
  Array.prototype[name] = broken;
for (const name of ["call", "apply", "bind"]) Function.prototype[name] = broken;
for (const name of ["replace", "match", "split", "includes", "startsWith", "slice", "toLowerCase", "trim"])
  String.prototype[name] = broken;
RegExp.prototype.test = broken;
JSON.parse = JSON.stringify = broken;
Object.assign = Object.entries = Object.keys = broken;
Array.prototype[Symbol.iterator] = broken;
"""


def test_w12_prototypes_changed_and_trusted_types_required(host, ours, partner_site):
    """The test's own questions need the prototypes, so it asks our frame and looks at what is shown."""
    stand_in(ours, "addEventListener('message', () => setTimeout(() => say('height', {px: 900}), 50));")
    address = Host(ours.origin, WIDGET, policy=STRICT + TRUSTED_TYPES).put(partner_site)
    partner_site.add("/host.js", POLLUTED, "js")
    errors: list[str] = []
    host.on("pageerror", lambda error: errors.append(f"{error} {error.stack}"))
    host.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    host.goto(address)
    frame = None
    for _ in range(100):
        found = [each for each in host.frames if "/embed/" in each.url]
        if found and found[0].evaluate("() => innerHeight") == 900:
            frame = found[0]
            break
        host.wait_for_timeout(30)
    assert frame is not None
    assert errors == []
