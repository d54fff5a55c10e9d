"""Ways in which a paper changes a wire story, as rules: what an evaluation of copies is made with.

All are functions of a text (lines of prose) and a random generator; none looks at how copies are recognised.
"""

from __future__ import annotations

import random
import re

# Pairs of words of about one sense, either way round. Sense is not the point: that different words stand there is.
_PAIRS = """
said:stated killed:slain injured:wounded people:persons government:administration police:officers
officials:authorities minister:secretary president:leader country:nation city:town children:youngsters
women:females men:males house:home attack:assault attacks:assaults fighting:combat soldiers:troops army:military
forces:units war:conflict peace:calm said:remarked told:informed asked:questioned announced:declared reported:noted
added:continued warned:cautioned called:termed claimed:maintained denied:rejected accused:blamed arrested:detained
charged:indicted released:freed died:perished found:discovered began:started started:commenced ended:finished
continued:proceeded stopped:halted increased:grew decreased:shrank rose:climbed fell:dropped high:elevated
low:modest big:large small:little huge:enormous new:fresh old:former important:significant major:main many:numerous
several:various few:some about:around nearly:almost approximately:roughly however:nevertheless also:too
because:since although:though while:whereas but:yet during:throughout after:following before:prior
across:throughout near:beside help:assist helped:assisted need:require needed:required needs:requires want:wish
wanted:wished use:employ used:employed show:demonstrate showed:demonstrated give:provide gave:provided take:accept
took:accepted make:produce made:produced get:obtain got:obtained keep:retain kept:retained leave:depart
left:departed come:arrive came:arrived go:travel went:travelled buy:purchase bought:purchased sell:trade
sold:traded pay:spend paid:spent cost:expense costs:expenses money:funds work:labour worked:laboured
workers:employees job:post jobs:posts company:firm companies:firms business:trade market:marketplace report:account
reports:accounts statement:declaration plan:scheme plans:schemes project:programme problem:difficulty
problems:difficulties issue:matter issues:matters situation:condition result:outcome results:outcomes
decision:ruling law:statute rules:regulations court:tribunal case:matter trial:hearing crime:offence
victim:casualty victims:casualties family:relatives friends:companions community:neighbourhood school:academy
students:pupils teacher:instructor health:wellbeing hospital:clinic doctors:physicians disease:illness area:zone
region:district road:street building:structure fire:blaze water:liquid food:provisions weather:climate
year:twelvemonth years:seasons today:presently yesterday:previously quickly:rapidly slowly:gradually
recently:lately currently:now often:frequently usually:normally believe:think believes:thinks know:understand
knows:understands see:observe saw:observed support:backing supported:backed fight:battle win:prevail won:prevailed
lost:forfeited lead:head led:headed meeting:gathering talks:discussions agreement:accord deal:pact vote:ballot
election:poll party:faction members:delegates public:open private:personal local:regional national:countrywide
international:global foreign:overseas security:safety economic:financial political:civic social:communal
serious:grave difficult:hard easy:simple possible:feasible necessary:essential different:distinct same:identical
early:initial late:belated first:earliest last:final next:following whole:entire part:portion number:figure
group:band groups:bands team:squad player:sportsman match:game season:campaign in:within on:upon with:alongside
by:via will:shall would:might is:remains was:stood were:stood that:which their:the his:the its:the has:holds
have:hold been:stood had:held from:off build:construct built:constructed provide:supply provided:supplied
ensure:guarantee protect:safeguard reduce:lessen increase:raise improve:better develop:expand change:alter
changed:altered happen:occur happened:occurred try:attempt tried:attempted allow:permit allowed:permitted
prevent:avert send:dispatch sent:dispatched receive:collect received:collected bring:carry brought:carried
hold:stage held:staged speak:talk spoke:talked
""".split()
_SYNONYM: dict[str, str] = {}
for _pair in _PAIRS:
    _a, _b = _pair.split(":")
    _SYNONYM.setdefault(_a, _b)
    _SYNONYM.setdefault(_b, _a)

_SENTENCE = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[A-Z\"“])")
_SAID_LAST = re.compile(r"^(?P<what>[A-Z][^\"“”]{20,}), (?P<who>[^,\"“”]{3,80}) (?P<verb>said|added|announced)\.$")
_SAID_FIRST = re.compile(
    r"^(?P<who>[A-Z][^,\"“”]{3,80}) (?P<verb>said|added|announced) (?:that )?(?P<what>[^\"“”]{20,})\.$"
)
_OPENING = re.compile(r"^(?P<when>(?:On|In|At|After|During|Since) [^,]{3,40}), (?P<rest>[^\"“”]{20,})\.$")
_AND = re.compile(r", (?P<word>and|but) (?=(?:he|she|it|they|the|a|an|there)\b)")
_DROPPED = re.compile(r"(?i) (?:very|also|however|really|further|still|just|already|recently|\w{4,}ly)\b(?=,? [a-z])")
_WORD = re.compile(r"[A-Za-z]+")


def truncated(text: str, chance: random.Random) -> str:
    """The beginning: two to four fifths of the sentences, but at least four."""
    parts = _lines_of_sentences(text)
    total = sum(len(line) for line in parts)
    left = max(4, round(total * chance.uniform(0.4, 0.8)))
    kept = []
    for line in parts:
        kept.append(" ".join(line[:left]))
        left -= len(line)
        if left <= 0:
            break
    return "\n".join(kept)


def retitled(text: str, headline: str) -> str:
    """Another headline above the story."""
    return f"{headline}\n{text}"


def with_paragraph(text: str, paragraph: str, chance: random.Random) -> str:
    """A paragraph of another story somewhere below the first."""
    lines = text.split("\n")
    lines.insert(chance.randint(1, len(lines)), paragraph)
    return "\n".join(lines)


def reworded(text: str, chance: random.Random) -> str:
    """Every sentence in other words where a rule has some; one in twelve dropped, neighbours now and then swapped."""
    lines = []
    for sentences in _lines_of_sentences(text):
        told = [_reword(sentence, chance) for sentence in sentences if chance.random() > 1 / 12]
        for i in range(len(told) - 1):
            if chance.random() < 0.1:
                told[i], told[i + 1] = told[i + 1], told[i]
        if told:
            lines.append(" ".join(told))
    return "\n".join(lines)


def _lines_of_sentences(text: str) -> list[list[str]]:
    return [_SENTENCE.split(line) for line in text.split("\n") if line.strip()]


def _reword(sentence: str, chance: random.Random) -> str:
    sentence = _DROPPED.sub(lambda found: "" if chance.random() < 0.7 else found.group(), sentence)
    sentence = _turned(sentence)
    sentence = _AND.sub(lambda found: f". {'But' if found['word'] == 'but' else 'Meanwhile,'} ", sentence, count=1)
    return _WORD.sub(lambda found: _other_word(found.group(), chance), sentence)


def _turned(sentence: str) -> str:
    """The speaker or the time moved to the other end."""
    if found := _SAID_LAST.match(sentence):
        return f"{_capital(found['who'])} {found['verb']} that {_small(found['what'])}."
    if found := _SAID_FIRST.match(sentence):
        return f"{_capital(found['what'])}, {_small(found['who'])} {found['verb']}."
    if found := _OPENING.match(sentence):
        return f"{_capital(found['rest'])} {_small(found['when'])}."
    return sentence


def _other_word(word: str, chance: random.Random) -> str:
    other = _SYNONYM.get(word.lower())
    if other is None or (word[0].isupper() and not word.istitle()) or chance.random() > 0.85:
        return word
    return other.capitalize() if word[0].isupper() else other


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """Without the capital of a sentence's first word, where that is a small common word."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.lower() in _FUNCTION else text


_FUNCTION = frozenset(
    "the a an on in at after during since there it this these that those his her their he she they".split()
)
