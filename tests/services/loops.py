"""Run a coroutine to its end, whatever else runs a loop in this thread.

Playwright keeps one running for as long as its browser is open.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(scenario: Coroutine[Any, Any, None]) -> None:
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, scenario).result()
