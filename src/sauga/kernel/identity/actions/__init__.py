"""Every write about staff: accounts, memberships, invitations, password resets, and what a person changes in
their own account."""
