"""A mail server on loopback that remembers what it accepted and fails wherever it is told to.

`faults` maps a point of the conversation (CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY, DOT, QUIT) to what
happens there, one item for each time: a reply such as "451 not now", DROP (hang up), SILENCE (say nothing more), or
None (all is well). After the last item all is well. At DOT the message counts as accepted unless a reply says no.
"""

import base64
import socket
import ssl
import subprocess
import threading
from dataclasses import dataclass, field

DROP, SILENCE = "drop", "silence"


@dataclass
class SmtpServer:
    faults: dict = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    offer_starttls: bool = True
    implicit_tls: bool = False
    password: str | None = None
    accepted: list = field(default_factory=list)
    commands: list = field(default_factory=list)

    def __enter__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._open = []
        self._ending = threading.Event()
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(self, *_):
        self._ending.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            connection.close()
        for thread in self._threads:
            thread.join(5)

    def _serve(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            thread = threading.Thread(target=self._answer, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection):
        try:
            if self.implicit_tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            Conversation(self, connection).hold()
        except (OSError, ValueError, HungUpError):
            pass
        finally:
            connection.close()

    def fault(self, point):
        script = self.faults.get(point)
        return script.pop(0) if script else None


class HungUpError(Exception):
    """Raised where the server is told to go away."""


class Conversation:
    def __init__(self, server, connection):
        self.server = server
        self.connection = connection
        self.file = connection.makefile("rb")
        self.sender = self.recipient = None

    def say(self, text):
        self.connection.sendall(f"{text}\r\n".encode())

    def reply(self, point, text):
        """Say `text` unless a fault stands here; whether all is well."""
        fault = self.server.fault(point)
        if fault == DROP:
            raise HungUpError
        if fault == SILENCE:
            self.server._ending.wait(30)
            raise HungUpError
        self.say(fault or text)
        return fault is None

    def hold(self):
        if not self.reply("CONNECT", "220 test.invalid ready"):
            return
        while line := self.file.readline():
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            self.server.commands.append(verb.upper())
            if verb.upper() == "QUIT":
                self.reply("QUIT", "221 bye")
                return
            getattr(self, f"do_{verb.lower()}", self.do_unknown)(rest)

    def do_ehlo(self, _):
        lines = ["test.invalid", "SIZE 10000000"]
        secure = isinstance(self.connection, ssl.SSLSocket)
        if self.server.tls and self.server.offer_starttls and not secure:
            lines.append("STARTTLS")
        if self.server.password:
            lines.append("AUTH PLAIN")
        text = "\r\n".join([*(f"250-{line}" for line in lines), "250 HELP"])
        self.reply("EHLO", text)

    do_helo = do_ehlo

    def do_starttls(self, _):
        if self.reply("STARTTLS", "220 go ahead"):
            self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
            self.server._open.append(self.connection)
            self.file = self.connection.makefile("rb")

    def do_auth(self, rest):
        right = base64.b64decode(rest.split()[1]).split(b"\0")[2].decode() == self.server.password
        self.reply("AUTH", "235 welcome" if right else "535 5.7.8 wrong password")

    def do_mail(self, rest):
        if self.reply("MAIL", "250 ok"):
            self.sender = rest.partition("<")[2].partition(">")[0]

    def do_rcpt(self, rest):
        if self.reply("RCPT", "250 ok"):
            self.recipient = rest.partition("<")[2].partition(">")[0]

    def do_data(self, _):
        if not self.reply("DATA", "354 go on"):
            return
        fault = self.server.fault("BODY")
        if fault == SILENCE:
            self.server._ending.wait(30)
            raise HungUpError
        lines = []
        while (line := self.file.readline()) != b".\r\n":
            if not line or fault == DROP:
                raise HungUpError
            lines.append(line[1:] if line.startswith(b".") else line)
        script = self.server.faults.get("DOT")
        if not (script and script[0] and script[0][0] in "45"):
            self.server.accepted.append((self.sender, self.recipient, b"".join(lines)))
        self.reply("DOT", "250 2.0.0 queued as 4242")

    def do_unknown(self, _):
        self.say("502 what?")


def make_certificate(folder, name):
    """A self-signed certificate for `name`: the files of its chain and its key."""
    chain, key = folder / f"{name}.pem", folder / f"{name}.key"
    names = f"DNS:{name},IP:127.0.0.1" if name == "localhost" else f"DNS:{name}"
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName={names}"]
    subprocess.run(["openssl", "req", *kind, *subject, "-out", chain, "-keyout", key], check=True, capture_output=True)
    return chain, key


def make_tls(chain, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context
