"""What is said about a comment that should be mended, and about a review done in haste: kindly, and with what to do."""

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from stoa.peer_review.rules.comments.checking import Lack, Remark
from stoa.peer_review.rules.effort.engagement import Judgement
from stoa.peer_review.rules.effort.signs import Sign

_ADVICE: dict[Lack, str | Lazy] = {
    Lack.EMPTY: _("Write a sentence here: the author reads your comments before any score."),
    Lack.SHORT: _("Write one whole sentence: what you saw in the work, and what it does for you as a reader."),
    Lack.NO_WORDS: _("This doesn't read as a sentence yet. Say in your own words what you saw in the work."),
    Lack.REPEATED: _("You wrote almost the same elsewhere. Name something that only this work has."),
    Lack.COPIED: _("These are the rubric's own words. Say where in the work you saw that."),
    Lack.VAGUE: _("This could be about any work. Name a line, an example or a step, so that the author finds it."),
    Lack.UNKIND: _("“%(words)s” may hurt. Speak of the work rather than of the person, and say what would help."),
    Lack.SHOUTED: _("Capital letters and rows of exclamation marks sound like shouting. Write it calmly."),
}


def advice(remark: Remark) -> str | Lazy:
    """What to tell a reviewer about a remark."""
    words = _ADVICE[remark.lack]
    return str(words) % {"words": remark.about} if remark.about else words


_REASONS: dict[Sign, str | Lazy] = {
    Sign.TIME: _("You had the work before you for a much shorter time than others need."),
    Sign.STRAIGHT: _("Every criterion got the same level."),
    Sign.LENGTH: _("There are hardly any words in it."),
    Sign.REUSED: _("Its words are those of another review of yours."),
    Sign.TEMPLATE: _("Its words are those of the rubric."),
    Sign.EVIDENCE: _("It names no place in the work."),
}


def reasons(judged: Judgement) -> tuple[str | Lazy, ...]:
    """Why a review earns no credit, the strongest reason first. That its points differ is never one."""
    return tuple(_REASONS[sign] for sign in judged.reasons if sign in _REASONS)
