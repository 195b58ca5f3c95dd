"""The process in which a task is carried out under limits, so that no file can exhaust the machine.

It takes one JSON line (the task as ``module:function``, its limits, its order) and answers in JSON lines:
steps as they begin, then one outcome. The parent alone moves files into place.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from utils.curation.publish.sandbox import Limits, Task


def main() -> int:
    """Carry out one task. Exit code 0: an outcome was sent, good or bad."""
    message: Mapping[str, Any] = json.loads(sys.stdin.readline())
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what a task prints is no answer
    Limits(**message["limits"]).apply()
    module, function = message["task"].split(":")
    task: Task = getattr(importlib.import_module(module), function)

    def send(line: Mapping[str, Any]) -> None:
        print(json.dumps(line, ensure_ascii=False), file=answers, flush=True)

    outcome = task(message["order"], lambda step, detail: send({"step": step, "detail": detail}))
    send({"outcome": outcome})
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # a thread that never ends must not keep the publisher waiting
