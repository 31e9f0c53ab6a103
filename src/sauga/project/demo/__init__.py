"""The demo: its people, its data played by real actions, and two pages that exist nowhere else (sign-ins and mailbox)."""
