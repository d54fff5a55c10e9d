"""Who does what: the parse of one document as plain lists, with logical subjects and objects.

Frames ask for these many times a word; lists of strings answer ten times faster than spaCy's token objects.
Everything is a token index. "Logical" means: through passives, relative clauses, control ("plans to meet": who plans
meets; "urged Israel to withdraw": Israel withdraws), participles and coordination.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
OBJECTS = frozenset({"obj", "iobj"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "nmod:desc", "flat"})
# Nouns that only count or collect what follows their "of": "a series of airstrikes", "hundreds of protesters".
CONTAINERS = frozenset(
    "series total wave number string spate round barrage dozen hundred thousand score ten lot group couple pair "
    "majority handful set kind type form part bulk million crowd flurry slew range host variety cycle act period "
    "campaign session half third quarter rest remainder most many some all one two three four five several few "
    "each both any none ton tonne kg kilo kilogram barrel gallon litre liter worth dollar euro day week month "
    "year hour minute decade night batch patch piece % percent truckload shipment load stockpile contingent "
    "convoy team member".split()
)
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december today yesterday tomorrow day week month year morning night evening "
    "afternoon".split()
)
_NO_SUBJECT = frozenset({"by", "of", "from", "with", "against", "in", "at", "on", "for", "to"})
_MARKERS = frozenset({"case", "mark"})
_COMPOUND_CASES = frozenset(
    {"because of", "instead of", "in case of", "due to", "according to", "out of", "such as", "as well as", "as to"}
)

# Verbs whose object does not do what the infinitive says: in "promised them to leave" the promiser leaves.
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "use", "swear", "agree"})
# Verbs that ask somebody through a preposition: "called on Israel to withdraw", "appealed to both sides to talk".
_ASKING_THROUGH = {
    "call": ("on", "upon", "for"),
    "appeal": ("to",),
    "plead": ("with", "to"),
    "prevail": ("on", "upon"),
    "wait": ("for",),
}
# Verbs whose object does what a purpose clause says: "sent troops to guard the border".
_OBJECT_ACTS = frozenset(
    "send dispatch deploy order urge ask invite force allow help train hire recruit task mandate authorise "
    "authorize tell instruct direct command press pressure push encourage persuade convince compel oblige permit "
    "enable assign appoint lead bring call require request beg implore warn advise remind incite".split()
)
# Verbs that, told of somebody the verb before has done something to, go on doing it.
_DONE_TO = frozenset(
    "abduct arrest beat behead charge convict deport detain dismiss execute expel hang hold imprison injure jail "
    "kidnap kill rape rob sack sentence shoot stab torture wound".split()
)
_GIVING = frozenset(
    {"give", "grant", "offer", "deny", "award", "refuse", "pay", "send", "hand", "allow", "show", "accord"}
)
_BLAMING = frozenset({"of", "from", "for", "with", "into"})
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})
_DEEP = 8


class Clauses:
    """One document's parse as lists indexed by token."""

    __slots__ = ("_cases", "dep", "entity", "head", "kids", "lemma", "lower", "pos", "sentence", "size", "tag")

    def __init__(self, doc: Doc, forms: Mapping[str, str]) -> None:
        # forms: inflected verb to lemma, for verbs the frames know, where the lemmatiser came up with something else.
        names: dict[int, str] = {}
        strings = doc.vocab.strings
        rows = doc.to_array(["HEAD", "DEP", "LEMMA", "TAG", "POS", "LOWER", "SENT_START", "ENT_TYPE"])

        def column(index: int) -> list[str]:
            found = []
            for value in rows[:, index].tolist():
                text = names.get(value)
                if text is None:
                    text = names[value] = strings[value]
                found.append(text)
            return found

        self.size = len(doc)
        self.head: list[int] = [index + offset for index, offset in enumerate(rows[:, 0].astype("int64").tolist())]
        self.dep, self.tag, self.pos, self.lower = column(1), column(3), column(4), column(5)
        self.entity = column(7)
        self.lemma = [text.lower() for text in column(2)]
        for index, pos in enumerate(self.pos):
            if self.tag[index] == "NNS" and self.lemma[index] == self.lower[index]:
                self.lemma[index] = _singular(self.lower[index])
            elif pos == "VERB":
                lower, lemma = self.lower[index], self.lemma[index]
                known = forms.get(lemma)
                if known != lemma or forms.get(lower) == lower:
                    self.lemma[index] = forms.get(lower, known or lemma)
        self.kids: list[list[int]] = [[] for _ in range(self.size)]
        for index, head in enumerate(self.head):
            if head != index:
                self.kids[head].append(index)
        self._mend_second_subjects()
        self.sentence: list[int] = []
        current = 0
        for index, start in enumerate(rows[:, 6].tolist()):
            if start == 1:
                current = index
            self.sentence.append(current)
        self._cases: dict[int, str] = {}

    def _mend_second_subjects(self) -> None:
        """A verb has one subject.

        "The arrest of the editor by soldiers shocked": a second one with a preposition belongs to the first; one that
        follows the verb is its object.
        """
        for index, dep in enumerate(self.dep):
            if dep not in SUBJECTS:
                continue
            head = self.head[index]
            first = next((kid for kid in self.kids[head] if self.dep[kid] in SUBJECTS and kid < index), None)
            if first is None:
                continue
            if first < head < index and self.tag[head] in ("VBD", "VBZ", "VBP") and not self.is_relative(first):
                self.dep[index] = "obj"
            elif any(self.dep[kid] == "case" and self.lower[kid] in _NO_SUBJECT for kid in self.kids[index]):
                self.kids[head].remove(index)
                self.kids[first].append(index)
                self.head[index], self.dep[index] = first, "nmod"

    # -- small questions ------------------------------------------------------------------------------------------

    def children(self, index: int, deps: frozenset[str]) -> list[int]:
        """Children with one of these relations, in text order."""
        return [kid for kid in self.kids[index] if self.dep[kid] in deps]

    def case(self, index: int) -> str:
        """The preposition or subordinator marking a phrase: "in", "out of", "because of"; "" when bare."""
        known = self._cases.get(index)
        if known is None:
            words = []
            for kid in self.kids[index]:
                if self.dep[kid] in _MARKERS and self.tag[kid] != "POS" and kid < index:
                    words.append(self.lower[kid])
                    words.extend(self.lower[part] for part in self.kids[kid] if self.dep[part] == "fixed")
            known = self._cases[index] = " ".join(words)
        return known

    def oblique(self, index: int, preposition: str) -> list[int]:
        """Phrases hanging on ``index`` by this preposition."""
        found = []
        for kid in self.kids[index]:
            if self.dep[kid].startswith(("obl", "nmod", "advcl", "dep", "acl")):
                case = self.case(kid)
                if case == preposition or (case.partition(" ")[0] == preposition and case not in _COMPOUND_CASES):
                    found.append(kid)
        return found

    def obliques(self, index: int) -> list[int]:
        """All prepositional phrases hanging on a noun."""
        return [kid for kid in self.kids[index] if self.dep[kid] in ("nmod", "obl")]

    def coordinated(self, index: int) -> list[int]:
        """``index`` and everything coordinated below it."""
        found = [index]
        for item in found:
            found.extend(kid for kid in self.kids[item] if self.dep[kid] == "conj")
        return found

    def first_conjunct(self, index: int) -> int:
        """The head of the coordination ``index`` is part of."""
        while self.dep[index] == "conj":
            index = self.head[index]
        return index

    def inner(self, index: int) -> int:
        """The noun that a counting or collecting noun is about: "series" of → "airstrikes"."""
        for _ in range(3):
            if self.lemma[index] not in CONTAINERS and self.pos[index] != "NUM":
                return index
            below = self.oblique(index, "of")
            if not below:
                return index
            index = below[0]
        return index

    def outer(self, index: int) -> int:
        """The counting noun above a noun, or the noun itself: the place it has in its clause."""
        while self.dep[index] == "nmod" and self.lemma[self.head[index]] in CONTAINERS and self.case(index) == "of":
            index = self.head[index]
        return index

    def is_verb(self, index: int) -> bool:
        return self.pos[index] == "VERB"

    def is_relative(self, index: int) -> bool:
        """True for who, which, that opening a relative clause."""
        return self.tag[index] in _RELATIVE_TAGS

    # -- who does what ----------------------------------------------------------------------------------------------

    def passive(self, verb: int) -> bool:
        """True for a passive verb and for a past participle that modifies or opens a headline."""
        if self.tag[verb] not in ("VBN", "VBD"):
            return False
        has_subject = has_auxiliary = False
        for kid in self.kids[verb]:
            dep = self.dep[kid]
            if dep in ("aux:pass", "nsubj:pass", "obl:agent"):
                return True
            if dep == "nsubj":
                has_subject = True
            elif dep == "aux":
                has_auxiliary = True
        if has_auxiliary or has_subject:
            return False
        if self.tag[verb] == "VBD":
            # "was seized, held for a year and tortured", whose last verb the tagger takes for a past tense
            harmed = self.dep[verb] == "conj" and self.lemma[verb] in _DONE_TO and not self.children(verb, OBJECTS)
            return harmed and self.is_verb(self.head[verb]) and self.passive(self.head[verb])
        if self.dep[verb] in ("acl", "amod", "xcomp", "advcl"):
            return True
        if self.dep[verb] == "conj":
            return self.is_verb(self.head[verb]) and self.passive(self.head[verb])
        return self.dep[verb] == "root" and not any(self.dep[kid] == "obj" for kid in self.kids[verb])

    def subjects(self, verb: int) -> list[int]:
        """Who does it: heads of noun phrases, coordination not unfolded."""
        return self.agents(verb) if self.passive(verb) else self.surface(verb)

    def agents(self, verb: int) -> list[int]:
        """The by-phrase of a passive."""
        found = [kid for kid in self.kids[verb] if self.dep[kid] == "obl:agent"]
        return found or [kid for kid in self.oblique(verb, "by") if self.pos[kid] not in ("VERB", "NUM")]

    def surface(self, verb: int, depth: int = 0) -> list[int]:
        """The grammatical subject, own or understood."""
        for kid in self.kids[verb]:
            if self.dep[kid] in SUBJECTS:
                return self.antecedents(kid)
        return self._understood(verb, depth + 1) if depth < _DEEP else []

    def antecedents(self, index: int) -> list[int]:
        """What a relative pronoun stands for; any other word stands for itself."""
        if not self.is_relative(index):
            return [index]
        clause = self.head[index]
        for _ in range(_DEEP):
            if self.dep[clause] in ("acl:relcl", "acl"):
                return [self.head[clause]]
            if self.head[clause] == clause or self.dep[clause] == "advcl:relcl":
                break
            clause = self.head[clause]
        return []

    def _understood(self, verb: int, depth: int) -> list[int]:
        dep, head = self.dep[verb], self.head[verb]
        if head == verb:
            return []
        if dep == "conj":
            return self.surface(head, depth)
        if dep in ("acl", "acl:relcl"):
            return self._of_noun(verb, head, depth)
        if dep in ("xcomp", "ccomp", "advcl"):
            return self._of_clause(verb, head, depth)
        return []

    def _of_noun(self, verb: int, noun: int, depth: int) -> list[int]:
        """Who does what a noun's clause says.

        "troops patrolling": troops; "Kenya's plan to send": Kenya; "announced a plan to send": who announced.
        """
        case = self.case(verb)
        if self.dep[verb] == "acl:relcl" or (not case and self.tag[verb] in ("VBG", "VBN")):
            return [noun]
        if case in _BLAMING and self.tag[verb] == "VBG" and self.pos[noun] in ("PROPN", "PRON"):
            return [noun]
        owners = [kid for kid in self.kids[noun] if self.dep[kid] == "nmod:poss"] or self.oblique(noun, "by")
        if owners or depth >= _DEEP:
            return owners
        if self.dep[noun] == "obj":
            return self.subjects(self.head[noun])
        if self.dep[noun] in SUBJECTS and self.passive(self.head[noun]):
            return self.agents(self.head[noun])
        return []

    def _of_clause(self, verb: int, head: int, depth: int) -> list[int]:
        case, lemma = self.case(verb), self.lemma[head]
        for preposition in _ASKING_THROUGH.get(lemma, ()):
            asked = [item for item in self.oblique(head, preposition) if item != verb]
            if asked:
                return asked
        acted_on = self.surface(head, depth) if self.passive(head) else self.children(head, OBJECTS)
        if (
            acted_on
            and lemma not in _SUBJECT_CONTROL
            and (self.dep[verb] == "xcomp" or case in _BLAMING or (case == "to" and lemma in _OBJECT_ACTS))
        ):
            return acted_on[:1]
        if self.dep[verb] == "advcl" and self.passive(head) and case in ("", "by", "to", "in order to"):
            return self.agents(head)
        return self.surface(head, depth)

    def objects(self, verb: int, depth: int = 0) -> list[int]:
        """What or whom it is done to."""
        if self.passive(verb):
            return self._patients(verb, depth)
        for dep in ("obj", "iobj"):
            # Whoever is asked or told is an object here, whichever of the two the parser calls it.
            own = [item for kid in self.kids[verb] if self.dep[kid] == dep for item in self.antecedents(kid)]
            if own:
                return own
        subjects = self.children(verb, SUBJECTS)
        if self.dep[verb] == "acl:relcl" and subjects and not any(self.is_relative(kid) for kid in subjects):
            # "the hostages Hamas took"
            return [self.head[verb]]
        return self._shared_object(verb)

    def _patients(self, verb: int, depth: int) -> list[int]:
        given = self._given(verb)
        if given:
            return given
        for kid in self.kids[verb]:
            if self.dep[kid] in SUBJECTS:
                return self.antecedents(kid)
        dep, head = self.dep[verb], self.head[verb]
        if dep in ("acl", "amod", "acl:relcl"):
            return [head]
        if depth >= _DEEP:
            return []
        if dep == "conj":
            first = self.first_conjunct(verb)
            return [self.head[first]] if self.dep[first] in ("acl", "amod") else self.surface(head, depth)
        if dep in ("xcomp", "ccomp", "advcl"):
            below = self.children(head, OBJECTS)
            return below[:1] if below and dep == "xcomp" else self.surface(head, depth)
        return []

    def _shared_object(self, verb: int) -> list[int]:
        """ "attacked and killed five soldiers", whichever of the two verbs the parser hung the soldiers on."""
        if any(self.dep[kid] in ("ccomp", "xcomp") for kid in self.kids[verb]):
            return []
        for kid in self.kids[verb]:
            if self.dep[kid] == "conj" and self.is_verb(kid) and not self.children(kid, SUBJECTS):
                return [item for item in self.kids[kid] if self.dep[item] == "obj" and item > kid]
        head = self.head[verb]
        if self.dep[verb] == "conj" and self.is_verb(head) and not self.children(verb, SUBJECTS):
            return [item for item in self.kids[head] if self.dep[item] == "obj" and item > verb]
        return []

    def _given(self, verb: int) -> list[int]:
        """What is given in "Mali was given aid"; the parser may take the aid for a predicate."""
        found = [kid for kid in self.kids[verb] if self.dep[kid] == "obj"]
        if found or self.lemma[verb] not in _GIVING:
            return found[:1]
        return [kid for kid in self.kids[verb] if self.dep[kid] == "xcomp" and self.pos[kid] == "NOUN"][:1]

    def indirect(self, verb: int) -> list[int]:
        """To whom something is given: "gave Mali aid", "Mali was given aid"."""
        if self.passive(verb):
            return self.children(verb, SUBJECTS) if self._given(verb) else []
        return [kid for kid in self.kids[verb] if self.dep[kid] == "iobj"]

    def modifiers(self, noun: int) -> Iterator[int]:
        """Words before a noun that say whose or what kind it is: "Israeli airstrikes", "US-China talks"."""
        for kid in self.kids[noun]:
            if kid < noun and self.dep[kid] in MODIFIERS:
                yield kid
                yield from (item for item in self.kids[kid] if self.dep[item] in MODIFIERS)


def _singular(noun: str) -> str:
    """A plural the lemmatiser left alone."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def is_time(tree: Clauses, index: int) -> bool:
    """True for "Friday", "the day": no party, no thing, whatever preposition it comes with."""
    return tree.lower[index] in _TIMES
