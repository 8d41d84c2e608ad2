"""Columns of tables about several courses: runs, networks, areas, people."""

from stoa.insights.engine.metrics.registry.metric import (
    EVENTS,
    LEARNER,
    PROFILES,
    STATEMENTS,
    STRUCTURE,
    amount,
    count,
    number,
    share,
    word,
)

RERUN = (
    word("kind", "run: a run after the one that it names as previous, else after the last one of the same organisation "
         "and number. module: the first run of a course whose number differs in its last part only (X.1, X.2).",
         source=STRUCTURE),
    word("before", "The earlier run.", source=STRUCTURE),
    word("after", "The later run.", source=STRUCTURE),
    number("turn", "Which transition it is: 1 from the first to the second."),
    count("participants_before", "Participants of the earlier run."),
    count("participants_after", "Participants of the later run."),
    share("change", "Participants more (less: negative), of those of the earlier run.", of="participants_before"),
)  # fmt: skip
_EDGE = (
    count("next", "Participations in the target that were the learner's next after one in the origin, by first act.",
          unit="steps of learners"),
    count("later", "Participations in the target at any time after one in the origin.", unit="steps of learners"),
)  # fmt: skip
NETWORK = (word("origin", "The course that came before."), word("target", "The course that came after."), *_EDGE)
AREA_NETWORK = (
    word("origin", "The area of the course that came before; empty where it has none."),
    word("target", "The area of the course that came after; empty where it has none."),
    *_EDGE,
)
AREA_BALANCE = (
    word("area", "The area; empty for courses that have none."),
    count("sent", "Next participations in another area that began here.", unit="transitions"),
    count("received", "Next participations here that came from another area.", unit="transitions"),
    count("net", "Sent less received: a net sender is above 0.", unit="transitions"),
    amount("expected", "Mean of net where each learner's order of courses is shuffled.", unit="transitions"),
    amount("spread", "Its standard deviation.", unit="transitions"),
    amount("p_value", "Share of shuffles, the true order counted as one, with a net at least as far from 0.",
           unit="probability"),
    number("shuffles", "How many shuffles, from one fixed seed.", source=EVENTS),
)  # fmt: skip
AREA = (
    word("area", "The area; empty for courses that have none."),
    number("rank", "By participants; areas of the same size in the order of their names.", source=EVENTS),
    count("courses", "Runs.", unit="runs"),
    *(
        metric
        for whose, suffix in (("of the area", ""), ("of all other areas", "_rest"))
        for metric in (
            count(f"participants{suffix}", f"Participants {whose}."),
            count(f"certified{suffix}", f"Credentials {whose}.", source=STATEMENTS),
            count(f"gender_said{suffix}", f"Participants {whose} whose gender is known.", source=PROFILES),
            count(f"female{suffix}", f"Female ones {whose}.", source=PROFILES),
            count(f"age_said{suffix}", f"Participants {whose} whose age is known.", source=PROFILES),
            count(f"under_35{suffix}", f"Those {whose} under 35.", source=PROFILES),
            count(f"country_known{suffix}", f"Participants {whose} whose country is known."),
            count(f"outside_us{suffix}", f"Those {whose} outside the United States."),
            count(f"education_said{suffix}", f"Participants {whose} whose education is known.", source=PROFILES),
            count(f"bachelor_or_more{suffix}", f"Those {whose} with a bachelor's degree or more.", source=PROFILES),
        )
    ),
)
PERSON = (
    LEARNER,
    word("username", "Who.", source=EVENTS),
    count("courses", "Runs registered for.", unit="runs"),
    count("participated", "Runs taken part in.", unit="runs"),
    count("certificates", "Credentials.", unit="credentials", source=STATEMENTS),
    count("areas", "Areas taken part in; courses without one count in none.", unit="areas"),
    count("nevents", "Acts.", unit="acts"),
    count("spent", "Gaps up to 30 minutes.", unit="microseconds"),
)
TYPICAL = (
    word("metric", "A column of the table course.", source="the table course"),
    count("courses", "Runs with a registration that have it; of certified_of_intenders: with at least 20 intenders.",
          unit="runs"),
    amount("q1", "A quarter of the runs lies below.", unit="as the metric"),
    amount("median", "Half of the runs lie below: the typical run.", unit="as the metric"),
    amount("q3", "A quarter of the runs lies above.", unit="as the metric"),
)  # fmt: skip
TEACHERS = (
    word("area", "The area; empty for courses that have none."),
    count("registered", "Registrations.", source=STATEMENTS),
    count("said", "Those who said whether they teach.", source=PROFILES),
    count("teachers", "Those who teach or taught.", source=PROFILES),
    count("same_area", "Those whose own subject is the area.", source=PROFILES),
    share("said_of_registered", "Response rate.", of="registered", source=PROFILES),
    share("teachers_of_said", "Teachers.", of="said", source=PROFILES),
    share("same_area_of_teachers", "Teachers of the subject.", of="teachers", source=PROFILES),
)
