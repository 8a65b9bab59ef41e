"""Pages as on a busy machine, to find tests that race.

``DDD_LAB_SLOW=6`` makes each page six times slower. What it and Python say to each other then comes
late as well, in its order.
"""

from __future__ import annotations

import os
from typing import Final

from playwright.sync_api import Page

SLOWNESS: Final = float(os.environ.get("DDD_LAB_SLOW", "1"))
LATE: Final = 300 if SLOWNESS > 1 else 0
"""Milliseconds after which a message comes at the latest, if nothing else holds it up."""

MESSAGES = """(() => {
    const waiting = [];
    let last = 0;
    window.late = run => {
        last = Math.max(last, performance.now() + Math.random() * LATE);
        waiting.push(run);
        setTimeout(() => waiting.shift()(), last - performance.now());
    };
    for (const name of ["onmessage", "onclose", "onerror"]) {
        const { get, set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, name);
        Object.defineProperty(WebSocket.prototype, name, {
            get,
            set(hear) {
                set.call(this, hear && (event => window.late(() => hear.call(this, event))));
            },
        });
    }
})()"""


def slow_down(page: Page) -> None:
    """Make a page as slow as the environment says, before it shows anything."""
    if SLOWNESS > 1:
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS})
        page.add_init_script(MESSAGES.replace("LATE", str(LATE)))
