"""One message to a list's address by SMTP (RFC 5321); from which moment it may be accepted is known."""

from __future__ import annotations

import contextlib
import email.policy
import re
import smtplib
import ssl
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from typing import TYPE_CHECKING

from feeds.config.resolve import is_loopback
from feeds.delivery.message import build_message
from feeds.delivery.prepared import refuse_stranger
from feeds.delivery.secrets import hide_secret
from feeds.delivery.slots import choose_addresses, fill_html, fill_text
from feeds.errors import ConfigError, PermanentError, TemporaryError, UnknownOutcome
from feeds.models import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.config import Config, SmtpTransport as SmtpSettings
    from feeds.models import Digest

DATA_GO_AHEAD = 354
# The first digit of a reply (RFC 5321 section 4.2.1).
GOOD, NOT_NOW, REFUSED = 2, 4, 5
LONGEST_ANSWER = 300
QUIT_SECONDS = 2.0


class SmtpTransport:
    """Hands a digest to a mail server, which knows neither keys nor what it has accepted before."""

    can_look_up = False
    can_draft = False

    def __init__(self, config: Config, settings: SmtpSettings, *, name: str, password: str | None) -> None:
        if settings.security == "none" and not is_loopback(f"smtp://{settings.host}"):
            raise ConfigError(
                f"mail would travel to {settings.host} in the clear; use starttls or tls",
                key=f"transports.{name}.security",
            )
        self._config = config
        self._settings = settings
        self._password = password

    def prepare(self, digest: Digest, *, web_url: str | None = None, draft: bool = False) -> bytes:
        """The message. List-Id and List-Unsubscribe are left to the list, which knows its readers."""
        if draft:
            raise ConfigError("a mail server has no drafts; listmonk and Buttondown have them")
        values = choose_addresses(
            digest, unsubscribe=self._settings.unsubscribe, web_url=web_url, site_url=self._config.site.url
        )
        html, text = fill_html(digest.html, digest, values), fill_text(digest.text, digest, values)
        return build_message(digest, html=html, text=text, to=self._settings.to, list_id=None)

    def deliver(self, prepared: bytes, key: str) -> Receipt:  # noqa: ARG002 - a mail server takes no key
        """What the server answered to the final dot."""
        headers = BytesHeaderParser(policy=email.policy.compat32).parsebytes(prepared)
        if "Message-ID" not in headers:
            raise refuse_stranger()
        sender, recipient = (parseaddr(" ".join(headers[name].split()))[1] for name in ("From", "To"))
        phase = _Phase()
        with _explained(self._settings.host, phase, self._password), contextlib.closing(self._connect()) as session:
            self._secure(session)
            size = [f"size={len(prepared)}"] if session.has_extn("size") else []
            _expect(*session.mail(sender, size))
            _expect(*session.rcpt(recipient))
            answer = _send_data(session, prepared, phase)
            # The message is theirs now; whether the good-bye is understood changes nothing.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                assert session.sock is not None
                session.sock.settimeout(QUIT_SECONDS)
                session.quit()
        return Receipt(reference=str(headers["Message-ID"]), message=answer)

    def look_up(self, prepared: bytes, key: str) -> Receipt | None:  # noqa: ARG002 - the port's signature
        """Nothing: a mail server does not tell."""
        return None

    def _connect(self) -> smtplib.SMTP:
        host, port, timeout = self._settings.host, self._settings.port, self._settings.timeout
        if self._settings.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=timeout, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=timeout)

    def _secure(self, session: smtplib.SMTP) -> None:
        session.ehlo_or_helo_if_needed()
        if self._settings.security == "starttls":
            # smtplib raises where STARTTLS is not offered, but only returns the code where it is refused.
            _expect(*session.starttls(context=ssl.create_default_context()))
            session.ehlo_or_helo_if_needed()
        if self._settings.user is not None:
            session.login(self._settings.user, self._password or "")


class _Phase:
    """How far a conversation has come: `dotted` is true once the final dot may have left."""

    dotted = False


def _send_data(session: smtplib.SMTP, message: bytes, phase: _Phase) -> str:
    """The answer of acceptance. It is smtplib's `data`, but that cannot tell before the dot from after it."""
    session.putcmd("data")
    code, answer = session.getreply()
    if code != DATA_GO_AHEAD:
        raise smtplib.SMTPDataError(code, answer)
    session.send(re.sub(rb"(?m)^\.", b"..", message))
    phase.dotted = True
    session.send(b".\r\n")
    return _expect(*session.getreply())


def _expect(code: int, answer: bytes) -> str:
    said = " ".join(answer.decode("utf-8", "replace").split())
    if code // 100 != GOOD:
        raise smtplib.SMTPResponseException(code, said)
    return said[:LONGEST_ANSWER]


@contextlib.contextmanager
def _explained(host: str, phase: _Phase, secret: str | None) -> Iterator[None]:
    """Turn what smtplib and the network raise into what it means for the issue; `secret` is in no message."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        message = f"{host} answered {error.smtp_code}: {hide_secret(text, secret)[:LONGEST_ANSWER]}"
        if error.smtp_code // 100 == REFUSED:
            raise PermanentError(message) from error
        if error.smtp_code // 100 == NOT_NOW or not phase.dotted:
            raise TemporaryError(message) from error
        raise UnknownOutcome(f"{message}, after it had the whole message") from error
    except smtplib.SMTPNotSupportedError as error:
        raise PermanentError(f"{host} does not offer what is asked of it, so nothing was sent: {error}") from error
    except ssl.SSLCertVerificationError as error:
        message = f"{host} cannot prove who it is, so nothing was sent: {error.verify_message}"
        raise PermanentError(message) from error
    except (smtplib.SMTPException, OSError) as error:
        message = f"{host}: {error.strerror or error if isinstance(error, OSError) else error}"
        if phase.dotted:
            raise UnknownOutcome(f"{message}, after the whole message had left") from error
        raise TemporaryError(f"{message}; nothing was sent") from error
