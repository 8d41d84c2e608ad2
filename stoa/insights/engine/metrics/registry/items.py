"""Columns of tables about MOOC videos and problems."""

from stoa.insights.engine.metrics.registry.metric import (
    COURSE,
    COURSE_ID,
    EVENTS,
    OBJECT,
    STRUCTURE,
    amount,
    count,
    number,
    share,
    word,
    yes,
)

_VIDEO = word("video", "The MOOC video, as the log names it.", source=EVENTS)
_PROBLEM = word("problem", "The problem, as the log names it.", source=EVENTS)
_TITLE = word("title", "Its title, where the course's description tells it.", source=STRUCTURE)
VIDEO = (
    COURSE,
    OBJECT,
    COURSE_ID,
    _VIDEO,
    _TITLE,
    count("viewers", "Learners who set it playing.", unit="learners"),
    count("plays", "Times it was set playing.", unit="acts"),
    count("pauses", "Times it was paused.", unit="acts"),
    count("seeks", "Jumps within it.", unit="acts"),
    count("failures", "Times a learner's browser could not fetch it.", unit="events"),
    count("watchers", "Learners of whom a watched stretch is known, from play to pause, jump or end.", unit="learners"),
    number("segments", "Stretches of 5 seconds up to its end, or the last one that anyone watched; NULL where neither "
           "is known.", kind="BIGINT", unit="stretches"),
    count("segments_watched", "Stretches watched at least once, summed over watchers.", unit="stretches"),
    share("watched_of_video", "Mean share of it that a watcher saw.", of="watchers x segments"),
    amount("hours_watched", "Time watched, again and again counted each time.", unit="hours of video"),
)  # fmt: skip
VIDEO_SEGMENT = (
    COURSE,
    OBJECT,
    COURSE_ID,
    _VIDEO,
    number("segment", "The stretch of 5 seconds, from 0.", source=EVENTS),
    count("viewers", "Learners who watched at least a part of it.", unit="learners"),
    count("views", "Times at least a part of it was watched.", unit="views"),
    count("replays", "Views beyond each viewer's first.", unit="views"),
)
PROBLEM = (
    COURSE,
    OBJECT,
    COURSE_ID,
    _PROBLEM,
    _TITLE,
    count("learners", "Learners with an answer that the server checked: n.", unit="learners"),
    count("attempts", "Checked answers.", unit="answers"),
    count("correct", "Right ones of these.", unit="answers"),
    count("first_correct", "Learners whose first answer was right.", unit="learners"),
    count("solved", "Learners with a right answer in the end.", unit="learners"),
    count("shown", "Learners to whom the server showed the answer.", unit="learners"),
    share("p", "Difficulty: right at the first attempt.", of="learners"),
    share("solved_of_learners", "Right in the end.", of="learners"),
    share("correct_of_attempts", "Right answers.", of="attempts"),
    amount("attempts_to_correct", "Median number of answers up to the first right one, of those who solved it.",
           unit="answers"),
    amount("discrimination", "Point-biserial correlation of the first answer with the number of the course's other "
           "problems that the learner got right at the first attempt.", unit="correlation"),
)  # fmt: skip
RELIABILITY = (
    COURSE,
    COURSE_ID,
    count("problems", "Problems that count: tried by anyone.", unit="problems"),
    count("learners", "Learners who tried at least half; a problem not tried counts as wrong.", unit="learners"),
    amount(
        "alpha",
        "Cronbach's alpha of their first answers; NULL of one problem, or where all scored the same.",
        unit="alpha",
    ),
)
ITEM_RESPONSE = (
    COURSE,
    OBJECT,
    COURSE_ID,
    _PROBLEM,
    count("learners", "Learners with a first answer; where a course has over ten million, evenly drawn ones count.",
          unit="learners"),
    amount("slope", "Two-parameter logistic model of first answers: how sharply it parts "
           "abilities. By marginal maximum likelihood, abilities being standard normal.", unit="1/SD"),
    amount("location", "The ability at which half get it right.", unit="SD of abilities"),
    yes("converged", "The estimate settled; no where it was stopped, or answers were too few or all alike."),
    number("rounds", "Rounds of the estimate.", source=EVENTS),
)  # fmt: skip
ANSWER = (
    COURSE,
    OBJECT,
    COURSE_ID,
    _PROBLEM,
    word("part", "The part of the problem.", source=EVENTS),
    word("question", "The question, where the log tells it.", source=EVENTS),
    word("variant", "Which of several variants of the problem, where it has some.", source=EVENTS),
    word("answer", "What was answered, its first 500 characters; of several choices all, as [one|other].",
         source=EVENTS),
    word("choice", "What the browser sent for it.", source=EVENTS),
    number("correct", "1 right, 0 wrong, NULL not told.", source=EVENTS),
    count("first", "Learners whose first answer it was.", unit="learners"),
    count("last", "Learners whose last answer it was.", unit="learners"),
    count("times", "How often it was answered.", unit="answers"),
)  # fmt: skip
