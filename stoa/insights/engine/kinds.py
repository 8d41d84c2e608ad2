"""The kinds of events, as silver keeps them: small numbers that never change their meaning."""

from enum import IntEnum


class Kind(IntEnum):
    """What an event is. `object` in brackets is what silver's column of that name holds; a, b and flag are numbers.

    Source: the edX research guide, "Events in the Tracking Logs". A number once given is never given again.
    """

    OTHER = 0  # a type nobody knows here (object: the type's name)
    ENROLLED = 1  # flag: 1 where the mode is verified
    UNENROLLED = 2
    MODE_CHANGED = 3  # flag: 1 where the new mode is verified

    PAGE = 10  # a page of the course was asked for (object: its block or its path)
    SEQUENCE_GOTO = 11  # (object: the lesson)
    SEQUENCE_NEXT = 12
    SEQUENCE_PREVIOUS = 13
    PAGE_CLOSED = 14
    BOOK = 15
    LINK = 16  # (object: where it leads)
    PROGRESS = 17  # the progress page
    COMPLETED = 18  # a step or block was completed (object: the block)
    OUTLINE = 19  # the course home or its outline

    PLAY = 20  # (object: the video) a: position in ms; the same for the four below
    PAUSE = 21
    SEEK = 22  # a: from, b: to, both in ms
    STOP = 23
    LOAD = 24
    SPEED = 25  # a: old, b: new, in hundredths
    TRANSCRIPT_SHOWN = 26
    TRANSCRIPT_HIDDEN = 27
    CAPTIONS = 28  # captions or their language switched
    MEDIA_FAILED = 29  # a browser could not fetch the media (object: the video)

    CHECK = (
        30  # the server checked an answer (object: the problem) a: points, b: possible, in thousandths; flag: success
    )
    CHECK_BROWSER = 31
    ANSWER_SHOWN = 32  # the server showed the answer (object: the problem)
    ANSWER_SHOWN_BROWSER = 33
    SAVED = 34
    RESET = 35
    HINT = 36
    GRADED_BROWSER = 37
    RESCORED = 38

    THREAD = 40  # (object: the thread or its commentable)
    RESPONSE = 41
    COMMENT = 42
    VOTE = 43
    FORUM_VIEW = 44
    FORUM_SEARCH = 45
    ENDORSED = 46
    FOLLOWED = 47

    CERTIFIED = 50
    CERTIFICATE_REVOKED = 51
    SCORED = 52  # the score of the whole course changed; a: thousandths of 1, flag: 1 passing, 0 not

    HANDED_IN = 60  # (object: the assignment)
    REVIEWED = 61
    SELF_REVIEWED = 62
    STAFF_REVIEWED = 63

    SURVEY = 70
    PROFILE = 71
    DESCRIBED = 72  # a run says what it is: title, area, dates, blocks

    HANDLER = 90  # an XBlock handler's address: plumbing, never an act


#: An act is an event of a known learner in a course that is none of these; the team's own acts are left out later.
NO_ACTS = frozenset(
    {
        Kind.HANDLER,
        Kind.DESCRIBED,
        Kind.PROFILE,
        Kind.SURVEY,
        Kind.CERTIFIED,
        Kind.CERTIFICATE_REVOKED,
        Kind.SCORED,
        Kind.RESCORED,
        Kind.STAFF_REVIEWED,
        Kind.ENROLLED,
        Kind.UNENROLLED,
        Kind.MODE_CHANGED,
    }
)

#: Acts of these kinds open class courseware: they make a registrant a participant.
COURSEWARE = (
    frozenset(range(Kind.PAGE, Kind.PAGE_CLOSED + 1))
    | {Kind.COMPLETED}
    | frozenset(range(Kind.PLAY, Kind.RESCORED))
    | {Kind.HANDED_IN, Kind.REVIEWED, Kind.SELF_REVIEWED}
)
VIDEO = frozenset(range(Kind.PLAY, Kind.MEDIA_FAILED + 1))
PROBLEM = frozenset(range(Kind.CHECK, Kind.RESCORED + 1))
FORUM = frozenset(range(Kind.THREAD, Kind.FOLLOWED + 1))
TEXT = frozenset(range(Kind.PAGE, Kind.OUTLINE + 1))
