"""A small synthetic internet on loopback: hosts, providers, RDAP, mailboxes. For demo, tests and benchmarks
only.

Its hosts have apparent addresses from the documentation ranges (RFC 5737); `kernel.outbound` turns such an
address into a port on 127.0.0.1. Modules are imported by name (`sauga.world.internet.World`,
`sauga.world.mailbox`, `sauga.world.in_process`), so that a page can read the mailbox without loading the
servers.
"""
