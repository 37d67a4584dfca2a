"""`real_stack.py FOLDER HOME`: the run command with everything real, on data of its own and free ports."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from deploy.local import plan  # noqa: E402  # the path comes first: this file is run, not imported
from deploy.local.data import Data  # noqa: E402
from deploy.local.postgres import Cluster  # noqa: E402
from deploy.local.run import run  # noqa: E402

if __name__ == "__main__":
    home = Cluster(Path(sys.argv[2]), durable=False)
    sys.exit(asyncio.run(run(Data(Path(sys.argv[1]), home), partial(plan.real, wanted={}), plain=True)))
