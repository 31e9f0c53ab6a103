"""Every write about people: their accounts and memberships, invitations and resets, and what a person does to the own account."""
