"""The demo: its people, its seeded data (written by the product's own actions), and two pages that exist
nowhere else (sign-ins and mailbox)."""
