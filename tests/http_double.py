"""A web server on loopback whose answers a test writes, with what newsletter tools are made to do to their clients.

A subclass has methods named after routes: `route(method, path, query, body, headers)` returns (status, JSON). `faults`
maps "METHOD /path" (numbers as N) to a list of what happens there, one item for each time: a (status, JSON, headers)
instead of the answer; DROP (do it, then hang up without a word); SILENCE (do it, and answer too late); or None.
"""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

DROP, SILENCE = "drop", "silence"


class HttpDouble:
    def __init__(self, faults=None):
        self.faults = faults or {}
        self.requests = []
        self.lock = threading.Lock()

    def __enter__(self):
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def __getattr__(self, name):
                if name.startswith("do_"):
                    return lambda: double.answer(self)
                raise AttributeError(name)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # clients are killed here, and what that breaks is no news
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, handler):
        parts = urlsplit(handler.path)
        length = int(handler.headers.get("Content-Length") or 0)
        body = json.loads(handler.rfile.read(length)) if length else None
        name = f"{handler.command} {re.sub(r'/[0-9]+', '/N', parts.path)}"
        with self.lock:
            self.requests.append((handler.command, parts.path, parse_qs(parts.query), body, dict(handler.headers)))
            script = self.faults.get(name)
            fault = script.pop(0) if script else None
            if isinstance(fault, tuple):
                status, said, headers = fault
            else:
                status, said = self.route(handler.command, parts.path, parse_qs(parts.query), body, handler.headers)
                headers = {}
        if fault == SILENCE:
            time.sleep(1)
        if fault in (DROP, SILENCE):
            handler.close_connection = True
            return
        data = said.encode() if isinstance(said, str) else json.dumps(said).encode()
        handler.send_response(status)
        for header, value in headers.items():
            handler.send_header(header, value)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
