"""Settings: `env` reads the environment once; `base` derives Django's settings; `dev`, `test` and `prod`
differ only where they must."""
