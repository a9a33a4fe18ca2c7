"""What came out of asking, as evidence about scores, reasons and comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from tests.attack.evidence import Counts, Evidence, Part, Row, evidence
from tests.attack.reading import SCORES, counts_of, reason_truths, score_truths
from tests.attack.siege import Office, Siege
from tests.attack.siege import Told as Figure
from tests.attack.stage import Said

#: Of a reason: chosen or not.
CHOSEN, NOT_CHOSEN = 0, 1


def about_scores(office: Office, siege: Siege, said: Sequence[Said]) -> Evidence:
    truth = [int(str(one.answers["overall"])) - 1 for one in said]
    return evidence(truth, len(SCORES), (_scores(office, figure) for figure in siege.told))


def _scores(office: Office, figure: Figure) -> Row:
    alone = [office.desk.block(block) for block in figure.blocks]
    shown = counts_of(figure.shown.hist)
    if shown != _sum(counts_of(each.hist) for each in alone):
        # No sum of its blocks, so it was counted from the answers: it is the truth.
        return Row(figure.members, (Part((figure.edition, figure.members.tobytes()), (shown,)),))
    parts = [
        Part(
            (figure.edition, block.round, block.block),
            score_truths(counts_of(each.hist), each.certainty, office.publishing),
        )
        for block, each in zip(figure.blocks, alone, strict=True)
    ]
    return Row(figure.members, tuple(parts))


def _sum(every: Iterable[Counts]) -> Counts:
    return tuple(int(count) for count in np.sum(list(every), axis=0))


def about_reason(siege: Siege, said: Sequence[Said], option: str) -> Evidence:
    """`said` are those who were asked for reasons: all who gave a score."""
    truth = [CHOSEN if chose(one, option) else NOT_CHOSEN for one in said]
    rows = (
        Row(
            figure.members,
            tuple(
                Part((block.round, block.block), reason_truths(block.hist[option], block.n))
                for block in figure.blocks
            ),
        )
        for figure in siege.told
    )
    return evidence(truth, 2, rows)


def chose(one: Said, option: str) -> bool:
    reasons = one.answers.get("why")
    return isinstance(reasons, list) and option in reasons


def about_words(siege: Siege, said: Sequence[Said]) -> Evidence:
    """Who is told apart from whom by the groups in which comments are shown."""
    return evidence([0] * len(said), 1, (Row(figure.members, ()) for figure in siege.told))
