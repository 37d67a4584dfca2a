"""A program that stands for a process under the supervisor: health, quiescence, and nothing else.

`stub_process.py PORT NAME`; GET /die ends it with 3.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import FrameType

PORT, NAME = int(sys.argv[1]), sys.argv[2]
NOTHING_TO_DO = {
    "process": NAME,
    "business_date": "2016-09-07",
    "subscribes": [],
    "unsent": int(os.environ.get("SI_UNSENT", "0")),
    "published": [],
    "received": [],
    "parked": 0,
    "days_pending": 0,
    "blocked": [],
}


class Answers(BaseHTTPRequestHandler):
    """One answer for every path."""

    def do_GET(self) -> None:
        if self.path == "/die":
            os._exit(3)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(NOTHING_TO_DO).encode() if self.path == "/quiescence" else b"")


def end(_number: int, _frame: FrameType | None) -> None:
    sys.stderr.write(f"{NAME} was asked to stop\n")
    sys.exit(0)


signal.signal(signal.SIGTERM, end)
HTTPServer(("127.0.0.1", PORT), Answers).serve_forever()
