"""`python -m sauga` is the command `sauga`, also where the folder of scripts is not on PATH."""

from sauga.project.cli import main

if __name__ == "__main__":
    main()
