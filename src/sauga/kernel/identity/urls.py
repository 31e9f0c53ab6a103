"""URLs of this package under /desk/. They are not translated: staff bookmark them and the sign-in check
relies on them."""

from django.urls import path

from sauga.kernel.identity.views import home, invitations, kinds, me, people, proposals, signin, sudo, vault

desk = [
    path("", home.home, name="identity-home"),
    path("signin/", signin.signin, name="identity-signin"),
    path("signin/passkey/", signin.signin_passkey, name="identity-signin-passkey"),
    path("signin/second/", signin.second_step, name="identity-second"),
    path("signin/second/passkey/", signin.second_passkey, name="identity-second-passkey"),
    path("signout/", signin.signout, name="identity-signout"),
    path("sudo/", sudo.ask, name="identity-sudo"),
    path("sudo/passkey/", sudo.passkey, name="identity-sudo-passkey"),
    path("vault/unlock/", vault.unlock, name="identity-unlock"),
    path("vault/recover/", vault.recover, name="identity-recover"),
    path("vault/lock/", vault.lock, name="identity-lock"),
    path("invite/<str:token>/", invitations.join, name="identity-join"),
    path("reset/<str:token>/", invitations.reset, name="identity-reset"),
    path("me/", me.me, name="identity-me"),
    path("me/language/", me.language, name="identity-language"),
    path("me/password/", me.password, name="identity-password"),
    path("me/codes/", me.factor_setup, name="identity-factor-setup"),
    path("me/recovery-codes/", me.recovery_codes, name="identity-recovery-codes"),
    path("me/vault-code/", me.vault_code, name="identity-vault-code"),
    path("me/passkeys/", me.passkeys, name="identity-passkeys"),
    path("me/passkeys/new/", me.passkey_creation, name="identity-passkey-new"),
    path("me/passkeys/<int:factor_id>/remove/", me.passkey_remove, name="identity-passkey-remove"),
    path("people/", people.people_list, name="identity-people"),
    path("people/permissions/", people.permission_page, name="identity-permissions"),
    path("people/invite/", people.invite, name="identity-invite"),
    path("people/invitations/<str:ref>/withdraw/", people.withdraw, name="identity-withdraw"),
    path("people/kinds/", kinds.kind_list, name="identity-kinds"),
    path("people/kinds/<str:code>/", kinds.kind, name="identity-kind"),
    path("people/proposals/", proposals.proposal_list, name="identity-proposals"),
    path("people/proposals/<str:ref>/", proposals.proposal, name="identity-proposal"),
    path("people/<str:ref>/", people.person, name="identity-person"),
    path("people/<str:ref>/access/", people.access, name="identity-access"),
    path("people/<str:ref>/roles/", people.role_add, name="identity-role-add"),
    path("people/<str:ref>/roles/<int:membership_id>/", people.membership, name="identity-membership"),
    path("people/<str:ref>/roles/<int:membership_id>/keys/", people.keys, name="identity-keys"),
]
