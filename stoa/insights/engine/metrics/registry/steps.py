"""Columns of tables about days, steps, weeks and time."""

from stoa.insights.engine.metrics.registry.metric import (
    COURSE,
    COURSE_ID,
    EVENTS,
    LEARNER,
    OBJECT,
    STATEMENTS,
    STRUCTURE,
    SURVEYS,
    Metric,
    amount,
    count,
    number,
    share,
    word,
)

_DAY = Metric(name="day", kind="DATE", definition="The day, from midnight to midnight in UTC.", unit="date")
PERSON_COURSE_DAY = (
    COURSE,
    LEARNER,
    COURSE_ID,
    word("username", "Who.", source=EVENTS),
    _DAY,
    count("nevents", "Acts on this day.", unit="acts"),
    count("nvideo", "Acts with a MOOC video.", unit="acts"),
    count("nplay_video", "Times a MOOC video was set playing.", unit="acts"),
    count("nproblem_check", "Answers that the server checked.", unit="acts"),
    count("nforum_events", "Acts in the peer forum.", unit="acts"),
    count("sum_dt_5", "Gaps up to 5 minutes that ended on this day.", unit="microseconds"),
    count("sum_dt_30", "Gaps up to 30 minutes that ended on this day.", unit="microseconds"),
)
_PER_DAY = (
    count("active", "Learners with an act on this day.", unit="learners"),
    count("nevents", "Acts on this day.", unit="acts"),
    count("registered", "Registrations that began on this day.", source=STATEMENTS),
    count("certified", "Credentials issued on this day and not revoked.", source=STATEMENTS),
    count("registered_so_far", "Registrations that began up to this day.", source=STATEMENTS),
    count("certified_so_far", "Credentials issued up to this day.", source=STATEMENTS),
)
COURSE_DAY = (COURSE, COURSE_ID, _DAY, *_PER_DAY)
DAY = (
    _DAY,
    *_PER_DAY,
    count("new_people", "Learners whose first registration anywhere began on this day.", unit="learners"),
    count("people_so_far", "Learners whose first registration anywhere began up to this day.", unit="learners"),
)
STEP = (
    COURSE,
    OBJECT,
    COURSE_ID,
    word("step", "The block or page, as the log names it.", source=EVENTS),
    word("title", "Its title, where the course's description tells it.", source=STRUCTURE),
    word("kind", "What it is: vertical, video, problem and so on.", source=STRUCTURE),
    number("position", "Its place in the order of reading, from 0."),
    word("chapter", "The chapter that it lies in, as the log names it.", source=STRUCTURE),
    count("participants", "Participants of the course.", unit="learners"),
    count("reached", "Participants with an act of courseware on it.", unit="learners"),
    share("reached_of_participants", "Participants who reached it.", of="participants"),
    count("came_so_far", "Participants with an act of courseware on it or on one of its kind behind it in the order of "
          "reading; NULL where the course's description does not name it.", unit="learners"),
    share("came_so_far_of_participants", "Participants who came so far.", of="participants"),
    count("stopped", "Those whose last act of courseware on any step was on this one, a week or more before the day of "
          "the log's last event, and who neither are certified nor said that they were done or content.",
          unit="learners"),
    share("stopped_of_reached", "Those who stopped here, of those who came here.", of="reached"),
)  # fmt: skip
ATTRITION = (
    COURSE,
    COURSE_ID,
    word("split", "By what participants are told apart: all, intent or exit_reason.", source=SURVEYS),
    word("answer", "The answer of the group; empty for all, unknown where nothing was said.", source=SURVEYS),
    number("week", "Weeks since a participant's first act: from 0 up to 8, or as long as anyone stayed, where so many "
           "have passed.", unit="weeks", source=EVENTS),
    count("participants", "Participants whose first act lies at least so many weeks before the day of the log's last "
          "event.", unit="learners"),
    count("still", "Those who acted in this week or later.", unit="learners"),
    count("content", "Those who acted no more, but are certified or said that they were done or content: no attrition.",
          unit="learners", source=SURVEYS),
    count("gone", "All others: attrition.", unit="learners"),
    count("fulfilled", "Participants, still there or not, who are certified or said that they were done or content.",
          unit="learners", source=SURVEYS),
    share("gone_of_participants", "Attrition up to this week.", of="participants"),
)  # fmt: skip
PACE = (
    COURSE,
    COURSE_ID,
    number("week", "Weeks since the run's start, from 1; since the learner's first act where no start is known.",
           unit="weeks", source=EVENTS),
    count("learners", "Learners with time in this week.", unit="learners"),
    amount("hours_median", "Median of their hours, gaps up to 30 minutes counted.", unit="hours"),
    amount("hours_p80", "Eight of ten need no more than this.", unit="hours"),
    amount("hours_planned", "What the course says that a week takes.", unit="hours", source=STRUCTURE),
)  # fmt: skip
COURSE_WEEK = (
    COURSE,
    COURSE_ID,
    number("week", "Weeks since the run's start, from 1; since its first act where no start is known. Up to 26, or as "
           "long as anyone acted, of those that are over.", unit="weeks", source=EVENTS),
    count("participants", "Participants whose first act lies before the end of the week.", unit="learners"),
    count("active", "Participants with an act in the week.", unit="learners"),
    count("still", "Those of the participants up to then who acted in the week or later.", unit="learners"),
    count("certified", "Those who had been issued a credential by the end of the week.", unit="learners",
          source=STATEMENTS),
    amount("hours", "Their hours up to the end of the week, gaps up to 30 minutes counted.", unit="hours"),
)  # fmt: skip
