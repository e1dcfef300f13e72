"""What is copied is HTML in which no value can end its attribute."""

from registration.domain.snippets import Loader, Placement, snippet

PLACEMENT = Placement("acme", "https://vote.example/state/oh/?partner=acme", "Register to vote", "OH", "es")


def test_snippet_of_the_newest_version():
    assert snippet(PLACEMENT, Loader("https://vote.example/w/1/register.js")) == (
        '<script async src="https://vote.example/w/1/register.js"></script>\n'
        '<vote-register partner="acme" state="OH" lang="es">\n'
        '  <a href="https://vote.example/state/oh/?partner=acme">Register to vote</a>\n'
        "</vote-register>\n"
    )


def test_w10_pinned_snippet_has_its_digest():
    text = snippet(PLACEMENT, Loader("https://vote.example/w/1.0.0/register.js", "sha384-abc+/="))
    assert text.split("\n")[:2] == [
        '<script async src="https://vote.example/w/1.0.0/register.js"',
        '        integrity="sha384-abc+/=" crossorigin="anonymous"></script>',
    ]


def test_s04_values_are_escaped():
    evil = '"><script>alert(1)</script>'
    text = snippet(Placement(evil, evil, evil, evil, evil, evil), Loader(evil, evil))
    assert (text.count("<script"), text.count("</script>")) == (1, 1)
