"""A page in Chromium, driven by the DevTools protocol over two pipes: no library, and no port to find."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import time

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
    "--window-size=1200,900",
)
HIGH = 10  # above the two descriptors that Chromium reads and writes


class Page:
    """One open page; `complaints` is what its console has said and what went wrong in its scripts."""

    def __init__(self, commands, answers):
        self._commands, self._answers, self._buffer, self._last = commands, answers, b"", 0
        self.complaints = []
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._ask(f"{domain}.enable")

    def open(self, url):
        self._ask("Page.navigate", {"url": url})
        self.wait_for("document.readyState === 'complete'")

    def watch(self, script):
        """Run a script in each page that is opened from now on, before the page's own."""
        self._ask("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def run(self, script):
        """The value of a script's last expression, which may be a promise."""
        values = {"expression": script, "returnByValue": True, "awaitPromise": True}
        answer = self._ask("Runtime.evaluate", values)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait_for(self, script, seconds=20):
        """How many seconds it took until the expression was true."""
        began = time.monotonic()
        while not self.run(script):
            assert time.monotonic() - began < seconds, f"never true: {script}"
            time.sleep(0.02)
        return time.monotonic() - began

    def _ask(self, method, values=None):
        self._last += 1
        call = {"id": self._last, "method": method, "params": values or {}}
        if session := getattr(self, "_session", None):
            call["sessionId"] = session
        os.write(self._commands, json.dumps(call).encode() + b"\0")
        while True:
            message = self._read()
            if message.get("id") == self._last:
                assert "error" not in message, message["error"]
                return message["result"]
            if message.get("method") in {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}:
                self.complaints.append(message["params"])

    def _read(self):
        while b"\0" not in self._buffer:
            assert select.select([self._answers], [], [], 60)[0], "Chromium says nothing"
            data = os.read(self._answers, 1 << 16)
            assert data, "Chromium has ended"
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)


@contextlib.contextmanager
def browse(folder, *options):
    """A page of a Chromium that keeps its things in `folder`."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    pipes = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, HIGH) for end in _both(os.pipe(), os.pipe())]
    their_commands, commands, answers, their_answers = pipes

    def lay_pipes():
        os.dup2(their_commands, 3)
        os.dup2(their_answers, 4)

    process = subprocess.Popen(
        [browser, *OPTIONS, *options, f"--user-data-dir={folder}"],
        pass_fds=(3, 4),
        preexec_fn=lay_pipes,  # noqa: PLW1509 - nothing else runs between the fork and the program
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(their_commands)
    os.close(their_answers)
    try:
        yield Page(commands, answers)
    finally:
        process.kill()
        process.wait()
        os.close(commands)
        os.close(answers)


def _both(first, second):
    """All four ends, which are closed once their copies are made."""
    for end in (*first, *second):
        yield end
        os.close(end)
