"""The Nu Html Checker on pages as they were served, all in one run of its program."""

import json
import subprocess
from pathlib import Path

from flows.nodetools import node_tool
from flows.whole import Seen


def faults_of_html(shown: list[Seen], folder: Path) -> list[str]:
    """What the checker of HTML calls an error. Left out, loudly, where it is not installed."""
    jar = node_tool("vnu-jar", "build/dist/vnu.jar")
    for number, seen in enumerate(shown):
        (folder / f"{number}.html").write_text(seen.html, encoding="utf-8")
    options = ["--format", "json", "--errors-only", "--exit-zero-always", "--stdout"]
    # a short run: the second compiler of the virtual machine costs more than it saves
    machine = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"]
    command = ["java", *machine, "-jar", str(jar), *options, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    said = json.loads(done.stdout or done.stderr)["messages"]
    place = {f"{number}.html": seen.address for number, seen in enumerate(shown)}
    return [
        f"HTML {place[Path(one['url']).name]}: {one['message']} {one.get('extract', '')!r}" for one in said
    ]
