"""The transport that feeds.toml names, with its secret from the environment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.config import ButtondownTransport, FolderTransport, ListmonkTransport, SmtpTransport
from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import Config
    from feeds.delivery.port import Transport


def make_test_transport(config: Config, name: str, *, to: str, environment: Mapping[str, str]) -> Transport:
    """The mail server called `name` in feeds.toml, for mail to `to` instead of the list.

    Raises ConfigError for a transport that is no mail server, and as `make_transport` does.
    """
    settings = config.settings.transports.get(name)
    if not isinstance(settings, SmtpTransport):
        kind = settings.kind if settings else "folder"
        raise ConfigError(
            f"--test: the transport {name!r} ({kind}) mails nobody by itself; only one of kind smtp can, and "
            "`feeds digest` shows the issue as files"
        )
    transports = {**config.settings.transports, name: settings.model_copy(update={"to": to})}
    tried = config.settings.model_copy(update={"transports": transports})
    return make_transport(replace(config, settings=tried), name, environment=environment)


def make_transport(config: Config, name: str, *, environment: Mapping[str, str]) -> Transport:
    """The transport called `name` in feeds.toml; `folder` without a table writes to `outbox/`.

    Each is imported where it is used: an API client costs time that a folder does not need. Raises
    ConfigError for a secret that the environment lacks, and for settings that would be unsafe.
    """
    settings = config.settings.transports.get(name) or FolderTransport.model_validate({"kind": "folder"})

    def read_secret(variable: str | None, key: str) -> str:
        if not (secret := environment.get(variable or "", "")):
            raise ConfigError(f"the environment variable {variable} is not set", key=f"transports.{name}.{key}")
        return secret

    match settings:
        case SmtpTransport():
            from feeds.delivery import smtp

            password = None if settings.user is None else read_secret(settings.password_env, "password_env")
            return smtp.SmtpTransport(config, settings, name=name, password=password)
        case ListmonkTransport():
            from feeds.delivery import listmonk

            return listmonk.ListmonkTransport(settings, token=read_secret(settings.token_env, "token_env"))
        case ButtondownTransport():
            from feeds.delivery import buttondown

            token = read_secret(settings.token_env, "token_env")
            return buttondown.ButtondownTransport(settings, token=token, site_url=config.site.url)
        case FolderTransport():
            from feeds.delivery import folder

            return folder.FolderTransport(config, path=config.root / settings.path, unsubscribe=settings.unsubscribe)
