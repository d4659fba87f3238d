"""A Telegram Bot API server for the demo and the tests: real HTTP, invented people.

`server.py` answers HTTP, `methods/` holds one function per API method, `world.py` what exists,
`phones.py` and `groups.py` are the people. Nothing here knows the bot it talks to.
"""

from simulator.faults import Fault
from simulator.groups import Group
from simulator.phones import CallbackTap, NotPossible, Phone
from simulator.records import Account
from simulator.server import BotApiServer
from simulator.views import Seen

__all__ = [
    "Account",
    "BotApiServer",
    "CallbackTap",
    "Fault",
    "Group",
    "NotPossible",
    "Phone",
    "Seen",
]
