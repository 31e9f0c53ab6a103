"""The commands of `sauga`, one module each: HELP, `arguments(parser)` and `run(options) -> exit code`."""
