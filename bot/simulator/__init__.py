"""A local Bot API server and the phone-like page that talks to it."""

from bot.simulator.faults import Fault
from bot.simulator.server import TOKEN, BotApiServer
from bot.simulator.state import Person
from bot.simulator.thread import SimulatorThread

__all__ = ["TOKEN", "BotApiServer", "Fault", "Person", "SimulatorThread"]
