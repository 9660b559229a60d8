"""Routes of allauth under /konto/, each view with its permission. Open sign-up and password mails are not routed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from actors.login.recent_login import View, recent_login
from actors.permissions import logged_in
from actors.views import account as own
from medborger.common.permissions import public, requires


def entrance(view: View) -> View:
    """A step of logging in: open to all, closed while attempts cannot be counted."""
    return public(never_cache(own.fails_closed(view)))


def personal(view: View) -> View:
    return requires(logged_in)(never_cache(own.fails_closed(view)))


def guarded(view: View) -> View:
    """A change to one's log-in: only with a recent one."""
    return requires(logged_in)(never_cache(recent_login(view)))


urlpatterns = [
    path("log-ind/", entrance(own.LoginView.as_view()), name="account_login"),
    path("log-ind/kode/", entrance(account.request_login_code), name="account_request_login_code"),
    path("log-ind/kode/skriv/", entrance(own.ConfirmCodeView.as_view()), name="account_confirm_login_code"),
    path("log-ind/to-trin/", entrance(mfa.authenticate), name="mfa_authenticate"),
    path("log-ind/husk/", entrance(mfa.trust), name="mfa_trust"),
    path("log-ind/noegle/", entrance(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("log-ud/", public(require_POST(account.logout)), name="account_logout"),
    path("lukket/", public(account.account_inactive), name="account_inactive"),
    path("ny/", own.how_to_join, name="account_signup"),
    path("bekraeft/", personal(account.reauthenticate), name="account_reauthenticate"),
    path("bekraeft/kode/", own.reauthenticate_by_code, name="account_reauthenticate_by_code"),
    path("bekraeft/to-trin/", personal(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("bekraeft/noegle/", personal(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("sikkerhed/", personal(mfa.index), name="mfa_index"),
    path("sikkerhed/adgangskode/", own.change_password, name="account_change_password"),
    path("sikkerhed/adresse/", own.change_address, name="account_change_address"),
    path("sikkerhed/adresse/kode/", own.confirm_address, name="account_confirm_address"),
    path("sikkerhed/app/", guarded(totp.activate_totp), name="mfa_activate_totp"),
    path("sikkerhed/app/fjern/", guarded(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("sikkerhed/noedkoder/", guarded(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("sikkerhed/noedkoder/nye/", guarded(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("sikkerhed/noedkoder/hent/", guarded(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("sikkerhed/noegler/", personal(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("sikkerhed/noegler/ny/", guarded(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("sikkerhed/noegler/<int:pk>/fjern/", guarded(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("sikkerhed/noegler/<int:pk>/navn/", guarded(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
]
