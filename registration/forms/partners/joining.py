"""Signing an organization up, inviting people to it, and coming with an invitation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from registration.domain.signup import SignUp, problems
from registration.domain.validation.problem import Problem
from registration.models import Role
from registration.phrases.members import ROLE_HINTS, ROLES, member_problem

LONGEST_EMAIL = 254


def sentence(code: str) -> Any:
    return lazy(lambda: member_problem(Problem(code, "")), str)()


def email_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("Email address"),
        max_length=LONGEST_EMAIL,
        error_messages={"required": sentence("email_required"), "invalid": sentence("email_shape")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def password_field() -> forms.CharField:
    return forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        help_text=_("At least 12 characters. Several words that nobody would guess are good."),
        error_messages={"required": sentence("password_required")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class PeopleForm(forms.Form):
    """What is wrong stands on its field, and everything else stays as it was typed."""

    use_required_attribute = False

    def say(self, found: Iterable[Problem]) -> None:
        for problem in found:
            field = problem.field if problem.field in self.fields else None
            if field not in self.errors:
                self.add_error(field, member_problem(problem))

    def check_password(self, **about: str) -> None:
        """Against Django's rules; ``about``: what the password must not resemble."""
        password = self.cleaned_data.get("password")
        if password:
            try:
                validate_password(password, User(**about))
            except ValidationError as error:
                self.add_error("password", error)


class JoinForm(PeopleForm):
    organization = forms.CharField(
        label=_("Name of your organization"),
        error_messages={"required": sentence("organization_required")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        help_text=_("As applicants shall read it."),
    )
    slug = forms.CharField(
        label=_("Short name"),
        error_messages={"required": sentence("slug_shape")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 40}),
        help_text=_("For addresses, like “springfield-library”. It cannot be changed later."),
    )
    site = forms.CharField(
        label=_("Your web site"),
        error_messages={"required": sentence("site_shape")},
        widget=forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url"}),
        help_text=_("Where the widget shall stand, like https://www.example.org. You can add more sites later."),
    )
    person = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = email_field()
    password = password_field()
    #: Nobody sees this field, so only a program fills it in.
    homepage = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def clean(self) -> None:
        self.check_password(email=self.data.get("email", ""), first_name=self.data.get("person", "")[:150])
        self.say(each for each in problems(self.wish) if each.field in self.cleaned_data)

    @property
    def wish(self) -> SignUp:
        said = self.cleaned_data
        names = ("organization", "slug", "site", "person", "email", "password")
        return SignUp(**{name: said.get(name, "") for name in names})

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("homepage"))


class RoleForm(PeopleForm):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, ROLES[role.value]) for role in reversed(Role)],
        widget=forms.RadioSelect,
        error_messages={"required": sentence("role_required"), "invalid_choice": sentence("role_required")},
    )


class InviteForm(RoleForm):
    email = email_field()
    field_order = ("email", "role")


class NewMemberForm(PeopleForm):
    """Whoever comes with an invitation and has no account. The address is the invitation's."""

    person = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = password_field()

    def clean(self) -> None:
        self.check_password(first_name=self.cleaned_data.get("person", ""))


class NameForm(PeopleForm):
    person = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("The other members of your organization see it."),
    )

    def clean_person(self) -> str:
        return str(self.cleaned_data["person"]).strip()


__all__ = ["ROLE_HINTS", "InviteForm", "JoinForm", "NameForm", "NewMemberForm", "RoleForm"]
