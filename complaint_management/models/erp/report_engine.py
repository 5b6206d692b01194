"""One run of the PDF engine under a time limit (T11).

Core starts the engine and waits for it without end. The run's name stands among the arguments of
the engine, so that the watcher finds that process, and only that one, when its time is over.
"""

import secrets
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import psutil

# Nothing listens there: what the engine asks of any other host than ours ends at once.
DEAD_PROXY = "http://127.0.0.1:9"
# Seconds between two looks for an engine that is still being started.
LOOK_AGAIN = 0.1


class RenderClock:
    """When the making of documents began: what is read and drawn before counts, too."""

    def __init__(self):
        self.start = time.monotonic()

    def get_elapsed(self):
        """:return: seconds since the beginning"""
        return time.monotonic() - self.start


class EngineRun:
    """A limited run; ``timed_out`` says afterwards whether its time was over.

    :param float seconds: time limit
    :param str base_url: address of our own server, the only one the engine may reach
    """

    def __init__(self, seconds, base_url):
        self.seconds = seconds
        self.host = urlsplit(base_url or "").hostname
        self.name = f"complaint-{secrets.token_hex(8)}"
        self.timed_out = False
        self._done = threading.Event()

    def get_arguments(self):
        """:return: list of command-line arguments of the engine"""
        arguments = ["--proxy", DEAD_PROXY]
        if self.host:
            arguments += ["--bypass-proxy-for", self.host]
        # A header that is sent with no request: it only names the process
        return [*arguments, "--custom-header", "X-Run", self.name]

    @contextmanager
    def watch(self):
        """End the engine when its time is over; around core's call that waits for it."""
        watcher = threading.Thread(target=self._end_late, name=self.name, daemon=True)
        watcher.start()
        try:
            yield self
        finally:
            self._done.set()
            watcher.join()

    def _end_late(self):
        if self._done.wait(self.seconds):
            return
        self.timed_out = True
        while not self._done.wait(LOOK_AGAIN):
            self._end_engine()

    def _end_engine(self):
        for process in psutil.Process().children(recursive=True):
            try:
                if self.name in process.cmdline():
                    process.kill()
            except psutil.Error:  # it ended by itself meanwhile
                continue
