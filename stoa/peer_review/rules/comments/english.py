"""Words that say nothing, and words that hurt, in English."""

import re

# Whoever uses these words only could have written it about any work.
_VAGUE = """
a about after all also amazing an and answer answers any are as assignment at awesome bad be because been
better bit but by can clear complete completed cool correct could decent detail details did do does done
effort enjoyed enough everything excellent exercise explained fantastic fine for from get give go good great
had has have he her his however i i'd i'm i've if improve improved improvement in interesting into is it it's
its job just keep like liked little looking lot lots love loved made make makes many maybe me missing mistake
mistakes more most much my need needs nice no not of ok okay on one only or other out overall part parts
perfect perhaps places please point points pretty quite read reading really review she should so solid some
something sometimes still submission such super sure task than thank thanks that that's the their them there
these they thing things think this though time to too top try understand up very was way we well were what
when which while will with wonderful work worked works would write writing written wrong yes you you're your
"""
VAGUE = frozenset(_VAGUE.split())

_YOU = r"(?:you|u|your (?:work|answer|code|essay|text|writing)|this|it|author)(?:'s|'re| is| are| was| were| r)?"
_VERY = (
    r"(?:just |so |really |such |very |absolute(?:ly)? |complete(?:ly)? |total(?:ly)? |pure |utter(?:ly)? |an? |too )*"
)
_BAD = (
    "stupid|dumb|lazy|garbage|trash|rubbish|crap|crappy|pathetic|worthless|useless|ridiculous|disgusting|awful|horrible|"
    "terrible|shit|shitty|joke|embarrassing|laughable|clueless|incompetent|hopeless|nonsense"
)
# Lazy evaluation and garbage collectors hurt nobody.
_PLAIN = r"(?! (?:evaluat|load|import|initiali[sz]|collect|value|pointer|quote))"
_PERSONS = "idiots?|idiotic|morons?|moronic|imbeciles?|losers?|retard(?:ed)?|dumbass|dimwit|jerk|asshole|bastard|bitch"
_CURSES = (
    "shut up|screw you|fuck(?:ing|ed)?|you suck|it sucks|this sucks|bullshit|wtf|stfu|kill yourself|go away|"
    "waste of (?:my |our |everyone's )?time|should be ashamed|are you (?:blind|stupid|serious|kidding)|my dog could|"
    "(?:give up|drop out|quit) (?:this|the) (?:course|class)|how (?:stupid|dumb|lazy) (?:are|can) you"
)
_BAD_WORK = "(?:stupid|dumb|pathetic|worthless|ridiculous|crappy|shitty)"
_WORK = "(?:work|answer|essay|text|code|mistake|person|author)"
HURTS = re.compile(
    rf"\b(?:{_PERSONS}|{_CURSES}|{_YOU} {_VERY}(?:{_BAD})\b{_PLAIN}|{_BAD_WORK} {_WORK})\b", re.IGNORECASE
)
