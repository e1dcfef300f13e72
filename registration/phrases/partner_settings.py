"""What a partner's member can do about a problem with a setting, and the words for what is set."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from registration.phrases.problems import ProblemLike

SENTENCES = {
    # sites
    "site_required": gettext_noop("Enter the address of your site, like https://www.example.org."),
    "site_shape": gettext_noop("Check the address. It looks like https://www.example.org."),
    "site_wildcard": gettext_noop("Add each site by its own name. A star for many sites is not safe."),
    "site_credentials": gettext_noop("Leave out the user name and the @. Enter only the site, like https://www.example.org."),
    "site_not_https": gettext_noop("Use a site that has https. We can take %(origin)s."),
    "site_path": gettext_noop("Leave out what comes after the name. Enter %(origin)s."),
    "site_number": gettext_noop("Enter the name of the site. A bare IP address is not taken."),
    "site_letters": gettext_noop("Enter this name in its “xn--” form, as your browser copies it."),
    "site_loopback": gettext_noop("Pages on your own computer work only with a copy of this service on it."),
    "site_there": gettext_noop("%(origin)s is on your list."),
    "site_too_many": gettext_noop("You can have %(limit)s sites. Remove one first."),
    # theme
    "theme_colour": gettext_noop("Enter a color as # and six digits or letters from a to f, like #222fbf."),
    "theme_radius": gettext_noop("Choose a number from 0 to %(limit)s."),
    "theme_font": gettext_noop("Choose one of the four fonts."),
    "theme_contrast": gettext_noop(
        "%(pair)s is hard to read: %(ratio)s to 1, and 4.5 to 1 is needed. The nearest color that works is %(nearest)s."
    ),
    # logo
    "logo_required": gettext_noop("Choose a picture first."),
    "logo_too_heavy": gettext_noop("Choose a file of at most %(limit)s kB."),
    "logo_too_large": gettext_noop("Choose a smaller picture. It can have %(limit)s million pixels."),
    "logo_format": gettext_noop("Choose a PNG, JPEG, WebP or GIF file. SVG can hold a program, so it is not taken."),
    "logo_broken": gettext_noop("We could not read this picture. Save it again as PNG, and try once more."),
    # questions
    "question_required": gettext_noop("Enter the question."),
    "question_means": gettext_noop("Choose email or phone."),
    "question_link": gettext_noop("Leave out web and email addresses."),
    "question_markup": gettext_noop("Use plain text, with no HTML tags or other markup."),
    "question_too_many": gettext_noop("You can ask %(limit)s questions. Stop asking one of them first."),
    # keys
    "key_name_required": gettext_noop("Enter a name for the key."),
    "key_name_long": gettext_noop("Choose a shorter name."),
    "key_mode": gettext_noop("Choose live or test."),
    "key_scopes": gettext_noop("Choose what the key may do."),
    "key_too_many": gettext_noop("You can have %(limit)s keys. Revoke one that you do not use."),
    # every text
    "too_long": gettext_noop("Shorten this to %(limit)s characters or fewer."),
    "bad_character": gettext_noop("Type this again. It has a hidden character that cannot be printed."),
}  # fmt: skip

PAIRS = {
    "button": gettext_noop("White text on a button of this color"),
    "link": gettext_noop("A link of this color on white"),
    "link_on_grey": gettext_noop("A link of this color on light grey"),
    "band": gettext_noop("Text on a band of this color"),
}

FONTS = {
    "public": gettext_lazy("Public Sans, as on our own pages"),
    "system": gettext_lazy("The reader's own"),
    "serif": gettext_lazy("With serifs"),
    "round": gettext_lazy("Rounded"),
}
MODES = {"live": gettext_lazy("Live"), "test": gettext_lazy("Test")}
SCOPE_WORDS = {
    "applications:write": gettext_lazy("Send applications"),
    "applications:read": gettext_lazy("See how far an application is (no personal data)"),
    "statistics:read": gettext_lazy("Read your statistics"),
    "webhooks:write": gettext_lazy("Set up webhooks"),
}
EVENT_WORDS = {
    "application.form_ready": gettext_lazy("A form was made"),
    "application.delivered": gettext_lazy("A form was handed over to the person"),
    "application.withdrawn": gettext_lazy("A person deleted what was kept of them"),
    "webhook.test": gettext_lazy("A test"),
}
#: How a delivery stands, as it can be asked for.
STATE_WORDS = {
    "waiting": gettext_lazy("Waiting"),
    "delivered": gettext_lazy("Arrived"),
    "given_up": gettext_lazy("Given up"),
}
MEANS = {"email": gettext_lazy("By email"), "phone": gettext_lazy("By call or text message")}


def setting_problem(problem: ProblemLike) -> str:
    """Raises KeyError for a code without a sentence."""
    values = dict(problem.params)
    if "pair" in values:
        values["pair"] = _(PAIRS[values["pair"]])
    return _(SENTENCES[problem.code]) % values
