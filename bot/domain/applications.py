"""The way of somebody who wants to help: from a name left in the chat to an appointed volunteer."""

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """``NEW``: nobody has talked to them. ``APPOINTED``: they are invited as a volunteer."""

    NEW = "new"
    TALKED = "talked"
    TRAINING = "training"
    APPOINTED = "appointed"
    DECLINED = "declined"


#: Where it can go on from each stage. Who is trained elsewhere needs no training here.
MOVES: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.NEW: (Stage.TALKED, Stage.DECLINED),
    Stage.TALKED: (Stage.TRAINING, Stage.APPOINTED, Stage.DECLINED),
    Stage.TRAINING: (Stage.APPOINTED, Stage.DECLINED),
    Stage.APPOINTED: (),
    Stage.DECLINED: (),
}


def is_over(stage: Stage) -> bool:
    return not MOVES[stage]
