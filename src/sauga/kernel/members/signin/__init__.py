"""What a sign-in needs: cookies, passkeys, and how a browser is named."""
