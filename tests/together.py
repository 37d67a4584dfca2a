"""`make test`: all tests in two processes side by side, for half of them wait for others most of the time.

Flows, the whole stack and the browser wait for processes that start, die and catch up; the rest computes. Each half has
its own servers on free ports. With arguments it is pytest alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

WAITING = ("tests/browser", "tests/deploy", "tests/flows")
PYTEST = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q")


def main(arguments: list[str]) -> int:
    """The exit code: that of the half that failed."""
    if arguments:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments])
    with tempfile.TemporaryFile() as said:
        waiting = subprocess.Popen([*PYTEST, *WAITING], stdout=said, stderr=subprocess.STDOUT)
        computing = subprocess.call([*PYTEST, *(f"--ignore={folder}" for folder in WAITING)])
        codes = (computing, waiting.wait())
        said.seek(0)
        sys.stdout.write(said.read().decode(errors="replace"))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
