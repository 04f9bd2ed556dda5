"""The transport that feeds.toml names, with its secret from the environment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.config import ButtondownTransport, FolderTransport, ListmonkTransport, SmtpTransport
from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import Config
    from feeds.delivery.buttondown import ButtondownTransport as ToButtondown
    from feeds.delivery.folder import FolderTransport as ToFolder
    from feeds.delivery.listmonk import ListmonkTransport as ToListmonk
    from feeds.delivery.smtp import SmtpTransport as ToList

    AnyTransport = ToFolder | ToList | ToListmonk | ToButtondown


# What a newsletter uses that names no other; it needs no table.
FOLDER = "folder"


def make_test_transport(config: Config, name: str, *, to: str, environment: Mapping[str, str]) -> AnyTransport:
    """The transport called `name` in feeds.toml, for mail to `to` alone; its receiver keeps nothing of the issue.

    Raises ConfigError for a folder, and as `make_transport` does.
    """
    match config.settings.transports.get(name):
        case SmtpTransport() as settings:
            transports = {**config.settings.transports, name: settings.model_copy(update={"to": to})}
            tried = config.settings.model_copy(update={"transports": transports})
            return make_transport(replace(config, settings=tried), name, environment=environment)
        case ListmonkTransport() as settings:
            from feeds.delivery.trial import ListmonkTrial

            return ListmonkTrial(settings, token=_read_token(settings, name, environment), to=to)
        case ButtondownTransport() as settings:
            from feeds.delivery.trial import ButtondownTrial

            token = _read_token(settings, name, environment)
            return ButtondownTrial(settings, token=token, site_url=config.site.url, to=to)
        case _:
            raise ConfigError(
                f"--test: the transport {name!r} (folder) mails nobody; `feeds digest` shows the issue as files"
            )


def make_transport(config: Config, name: str, *, environment: Mapping[str, str]) -> AnyTransport:
    """The transport called `name` in feeds.toml; `folder` without a table writes to `outbox/`.

    Each is imported where it is used: an API client costs time that a folder does not need. Raises
    ConfigError for a secret that the environment lacks, and for settings that would be unsafe.
    """
    settings = config.settings.transports.get(name)
    if settings is None:
        if name != FOLDER:
            raise ConfigError("is gone, and an issue was composed for it; put it back", key=f"transports.{name}")
        settings = FolderTransport.model_validate({"kind": FOLDER})
    match settings:
        case SmtpTransport():
            from feeds.delivery import smtp

            password = None
            if settings.user is not None:
                password = _read_secret(settings.password_env, f"transports.{name}.password_env", environment)
            return smtp.SmtpTransport(config, settings, name=name, password=password)
        case ListmonkTransport():
            from feeds.delivery import listmonk

            return listmonk.ListmonkTransport(settings, token=_read_token(settings, name, environment))
        case ButtondownTransport():
            from feeds.delivery import buttondown

            token = _read_token(settings, name, environment)
            return buttondown.ButtondownTransport(settings, token=token, site_url=config.site.url)
        case FolderTransport():
            from feeds.delivery import folder

            return folder.FolderTransport(config, path=config.root / settings.path, unsubscribe=settings.unsubscribe)


def _read_token(settings: ListmonkTransport | ButtondownTransport, name: str, environment: Mapping[str, str]) -> str:
    return _read_secret(settings.token_env, f"transports.{name}.token_env", environment)


def _read_secret(variable: str | None, key: str, environment: Mapping[str, str]) -> str:
    if not (secret := environment.get(variable or "", "")):
        raise ConfigError(f"the environment variable {variable} is not set", key=key)
    return secret
