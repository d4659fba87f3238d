"""What a method function gets: the request's parameters and the world it acts on."""

from dataclasses import dataclass

from simulator.params import Params
from simulator.updates import UpdateQueue
from simulator.webhook import WebhookDelivery
from simulator.world import World


@dataclass(frozen=True)
class Described:
    """A result the server explains in words ("Webhook was set")."""

    result: object
    description: str


@dataclass(frozen=True)
class Call:
    """One request to one API method."""

    world: World
    params: Params
    updates: UpdateQueue
    delivery: WebhookDelivery
