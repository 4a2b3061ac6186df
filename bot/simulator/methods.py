"""The methods of the Bot API by name: what concerns the bot itself, updates and commands; the rest by import."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from bot.simulator import editing, sending
from bot.simulator.errors import BadRequest
from bot.simulator.files import MOST_DOWNLOAD
from bot.simulator.params import Json, integer, structure, truth
from bot.simulator.state import State

Method = Callable[[State, Json], Any | Awaitable[Any]]
MOST_COMMANDS = 100


def get_me(state: State, params: Json) -> Json:
    """Return the bot as a user."""
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
    }


async def get_updates(state: State, params: Json) -> list[Json]:
    """Return the next updates, waiting for them when asked to."""
    state.updates.allow(structure(params, "allowed_updates"))
    return await state.updates.poll(
        offset=integer(params, "offset", 0),
        limit=integer(params, "limit", 100),
        seconds=integer(params, "timeout", 0),
    )


def set_webhook(state: State, params: Json) -> bool:
    """Have updates posted to an address from now on; an empty one means polling again."""
    url = str(params.get("url") or "")
    if not url:
        return delete_webhook(state, params)
    if not url.startswith(("https://", "http://")):
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    if truth(params, "drop_pending_updates"):
        state.updates.clear()
    state.updates.allow(structure(params, "allowed_updates"))
    state.webhook = {
        "url": url,
        "secret": str(params.get("secret_token") or ""),
        "max_connections": integer(params, "max_connections", 40),
    }
    state.updates.send_to(url)
    return True


def delete_webhook(state: State, params: Json) -> bool:
    """Go back to polling."""
    if truth(params, "drop_pending_updates"):
        state.updates.clear()
    if state.updates.webhook_url:
        state.webhook = {"url": ""}
        state.updates.send_to("")
    return True


def get_webhook_info(state: State, params: Json) -> Json:
    """Return where updates go and how that works out."""
    shown = {name: value for name, value in state.webhook.items() if name != "secret"}
    return {
        **shown,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates),
        "allowed_updates": sorted(state.updates.allowed),
    }


def _scope(params: Json) -> str:
    """Return the key of the people a list of commands is for."""
    scope = structure(params, "scope") or {"type": "default"}
    return json.dumps([scope, str(params.get("language_code") or "")], sort_keys=True)


def set_my_commands(state: State, params: Json) -> bool:
    """Replace the command menu."""
    commands = structure(params, "commands")
    if not isinstance(commands, list) or len(commands) > MOST_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH" if commands else "can't parse commands: Expected an Array")
    for command in commands:
        name, description = str(command.get("command", "")), str(command.get("description", ""))
        if not (1 <= len(name.lstrip("/")) <= 32 and name.lstrip("/").replace("_", "a").isalnum() and name.isascii()):
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    state.commands[_scope(params)] = [
        {"command": command["command"].lstrip("/"), "description": command["description"]} for command in commands
    ]
    state.events.publish("commands", commands=menu(state))
    return True


def get_my_commands(state: State, params: Json) -> list[Json]:
    """Return the command menu of a scope."""
    return state.commands.get(_scope(params), [])


def delete_my_commands(state: State, params: Json) -> bool:
    """Take the command menu of a scope away."""
    state.commands.pop(_scope(params), None)
    state.events.publish("commands", commands=menu(state))
    return True


def menu(state: State) -> list[Json]:
    """Return the commands a person in a private chat sees: the most special list that is set."""
    private = [_scope({"scope": {"type": "all_private_chats"}, "language_code": code}) for code in ("zh", "")]
    default = [_scope({"language_code": code}) for code in ("zh", "")]
    return next((state.commands[key] for key in private + default if key in state.commands), [])


def get_file(state: State, params: Json) -> Json:
    """Return where a file can be fetched."""
    file = state.files.get(str(params.get("file_id", "")))
    if len(file.content) > MOST_DOWNLOAD:
        raise BadRequest("file is too big")
    return {**file.card(), "file_path": file.path}


def log_out(state: State, params: Json) -> bool:
    """Leave this server: later calls are refused."""
    state.logged_out = True
    return True


def close(state: State, params: Json) -> bool:
    """Close the bot before it moves elsewhere; nothing to do in memory."""
    return True


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "getfile": get_file,
    "logout": log_out,
    "close": close,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "answercallbackquery": editing.answer_callback_query,
}
