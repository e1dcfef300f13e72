"""Signing in, the second factor and passwords. Of the library's pages only those that the dashboard needs."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

from registration.views.guard import forgets_pages

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", forgets_pages(account.logout), name="account_logout"),
    # The library names this page in its e-mails; signing up is signing a partner up.
    path("sign-up/", RedirectView.as_view(pattern_name="partners:join"), name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("password/", account.password_change, name="account_change_password"),
    # Nobody is without a password; the library has to be able to name the page.
    path("password/set/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("password/again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("factor/", factor.index, name="mfa_index"),
    path("factor/sign-in/", factor.authenticate, name="mfa_authenticate"),
    path("factor/again/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factor/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("factor/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("factor/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("factor/passkeys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("factor/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("factor/passkeys/<int:pk>/rename/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
