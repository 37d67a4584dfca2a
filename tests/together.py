"""`make test`: all tests in three processes side by side, for each waits much of the time for servers or for others.

Flows, the whole stack and the browser wait for processes that start, die and catch up; the gateway's and the services'
tests wait for PostgreSQL. Each group has its own servers on free ports. With arguments it is pytest alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

WAITING = ("tests/browser", "tests/deploy", "tests/flows")
GATEWAYS = ("tests/access", "tests/gateway")
PYTEST = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q")


def main(arguments: list[str]) -> int:
    """The exit code: that of a group that failed."""
    if arguments:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments])
    with tempfile.TemporaryFile() as waited, tempfile.TemporaryFile() as gateways:
        beside = [
            subprocess.Popen([*PYTEST, *folders], stdout=said, stderr=subprocess.STDOUT)
            for folders, said in ((WAITING, waited), (GATEWAYS, gateways))
        ]
        rest = subprocess.call([*PYTEST, *(f"--ignore={folder}" for folder in (*WAITING, *GATEWAYS))])
        codes = [rest, *(group.wait() for group in beside)]
        for said in (waited, gateways):
            said.seek(0)
            sys.stdout.write(said.read().decode(errors="replace"))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
