"""What a clause says of its own reality: tense, aspect, mood, modals, negation and adverbs."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading._complements import modality
from onrecord.reading._tree import QUOTE_MARKS, Tree
from onrecord.records import Status


@dataclass(frozen=True, slots=True)
class Mark:
    """What a clause says of itself.

    ``status`` is None for a form that says nothing alone (infinitive, gerund, bare verb). ``own``: the clause has a
    tense or modal of its own. ``past``: it looks back (past tense or perfect). ``would``: the status waits for the
    context.
    """

    status: Status | None
    because: str
    own: bool = False
    past: bool = False
    perfect: bool = False
    infinitive: bool = False
    would: bool = False


def clause_mark(tree: Tree, i: int) -> Mark:
    """The mark of the clause headed by token ``i``."""
    aux = _auxiliaries(tree, i)
    negated = is_negated(tree, i)
    if not aux and tree.dep[i] == "conj" and tree.subject(i) is None and tree.head[i] != i:
        shared = _shared(tree, i)
        if shared is not None:
            if negated and shared.status is not Status.negated:
                return Mark(Status.negated, "not", own=shared.own)
            return shared
    found = _finite(tree, i, aux, negated)
    return _adverbs(tree, i, found)


def is_negated(tree: Tree, i: int) -> bool:
    """True when the clause at ``i`` is denied by a negator or by a negative subject or object."""
    words = modality()
    for kid in tree.kids[i]:
        if tree.base[kid] == "cc" and tree.marker(i, "cc") in words.negative_conjunctions:
            return True
        if negator(tree, kid) and (tree.base[kid] in ("advmod", "cc", "det", "neg", "aux", "discourse") or kid < i):
            return True
        if tree.lower[kid] == "longer" and any(tree.lower[item] == "no" for item in tree.kids[kid]):
            return True
        if tree.base[kid] in ("nsubj", "obj", "expl"):
            if tree.lower[kid] in words.negative_pronouns:
                return True
            for item in tree.kids[kid]:
                if tree.lower[item] in words.negative_determiners and tree.base[item] in ("det", "advmod"):
                    return True
        if tree.base[kid] == "obl" and kid < i and any(tree.lower[item] == "no" for item in tree.kids[kid]):
            return True
    return False


def is_due(tree: Tree, i: int) -> bool:
    """True for "is due to meet", which trees show as one word before the verb."""
    return any(
        tree.lower[kid] == "due"
        and (tree.base[kid] == "mark" or any(tree.dep[part] == "fixed" for part in tree.kids[kid]))
        and tree.base[kid] != "case"
        for kid in tree.kids[i]
    )


def negator(tree: Tree, i: int) -> bool:
    """True for "not" and its like, unless "only" or "just" follows."""
    words = modality()
    if tree.lower[i] not in words.negators:
        return False
    follower = tree.lower[i + 1] if i + 1 < tree.size else ""
    return follower not in words.negators_unless_before


def has_condition(tree: Tree, i: int) -> str | None:
    """The kind of condition a clause depends on: "unless", "if-not", "if"; None when there is none."""
    for kid in tree.kids[i]:
        if tree.base[kid] != "advcl":
            continue
        marker = tree.marker(kid, "mark").split(" ")[0]
        if marker == "unless":
            return "unless"
        if marker == "if" or (marker in ("provided", "should") or _inverted_should(tree, kid)):
            if any(tree.lower[item] == "even" for item in (*tree.kids[kid], max(tree.left[kid] - 1, 0))):
                return None
            return "if-not" if is_negated(tree, kid) else "if"
        if marker == "until":
            return None
    return None


def _inverted_should(tree: Tree, i: int) -> bool:
    return any(tree.lower[kid] == "should" and kid == tree.left[i] for kid in tree.kids[i])


def _auxiliaries(tree: Tree, i: int) -> list[int]:
    return [kid for kid in tree.kids[i] if tree.base[kid] in ("aux", "cop")]


def _shared(tree: Tree, i: int) -> Mark | None:
    """The mark a conjunct takes over from the first conjunct: "will meet and discuss", "did not loot or burn"."""
    head = tree.head[i]
    tag = tree.tag[i]
    if tag in ("VBD", "VBZ", "VBP") and not (tag == "VBD" and tree.tag[head] == "VBN"):
        return None
    if tag in ("VB", "VBG", "VBN", "VBD") or tree.pos[i] not in ("VERB", "AUX"):
        found = clause_mark(tree, head)
        if found.status is None or tree.tag[head] == tag or _auxiliaries(tree, head):
            return found
    return None


def _finite(tree: Tree, i: int, aux: list[int], negated: bool) -> Mark:
    words = modality()
    for kid in aux:
        name = words.modal_forms.get(tree.lower[kid], tree.lemma[kid] if tree.tag[kid] == "MD" else tree.lower[kid])
        if name not in words.modals:
            continue
        if tree.tag[kid] == "MD" or (tree.base[kid] == "aux" and name not in ("need", "dare")):
            return _modal(tree, i, aux, name, negated)
    if is_due(tree, i):
        return Mark(Status.negated if negated else Status.planned, "due-to", own=True)
    to = any(tree.lower[kid] == "to" and tree.base[kid] in ("mark", "aux") for kid in tree.kids[i])
    lead = aux[0] if aux else i
    tag = tree.tag[lead]
    perfect = any(tree.lemma[kid] == "have" for kid in aux if tree.base[kid] == "aux")
    progressive = tree.tag[i] == "VBG" and any(tree.lemma[kid] == "be" for kid in aux)
    being = any(tree.lower[kid] == "being" for kid in aux)
    if to and _is_to(tree, i):
        return Mark(Status.negated if negated else Status.planned, "be-to", own=True)
    if to and tag in ("VB", "VBP", "VBN", "NN", "VBD"):
        return _infinitive(perfect, progressive, negated)
    if to and tree.lemma[lead] == "be":
        return Mark(Status.negated if negated else Status.planned, "be-to", own=True)
    if negated and (aux or tree.tag[i] in ("VBD", "VBZ", "VBP", "VBN", "VB") or tree.subject(i) is not None):
        own = bool(aux) or tree.tag[i] in ("VBD", "VBZ", "VBP")
        return Mark(Status.negated, "not", own=own, past=tag == "VBD" or perfect)
    if negated:
        return Mark(Status.negated, "not")
    if tag == "VBD" or (perfect and tag in ("VBZ", "VBP")):
        if progressive and perfect and tag != "VBD":
            return Mark(Status.ongoing, "perfect-progressive", own=True, past=True)
        return Mark(Status.happened, "past" if tag == "VBD" else "perfect", own=True, past=True)
    if tag in ("VBZ", "VBP") or (aux and tree.lemma[lead] == "be" and tag not in ("VB", "VBG", "VBN")):
        return _present(tree, i, progressive or being)
    return _nonfinite(tree, i, aux, perfect)


def _is_to(tree: Tree, i: int) -> bool:
    """True for "is to meet" by its words alone: the tree may hang "is" on another verb."""
    at = i - 1 if i and tree.lower[i - 1] == "be" else i
    return at >= 2 and tree.lower[at - 1] == "to" and tree.lower[at - 2] in ("is", "are")


def _infinitive(perfect: bool, progressive: bool, negated: bool) -> Mark:
    if negated:
        return Mark(Status.negated, "not-to", infinitive=True)
    if perfect:
        return Mark(Status.happened, "to-have", past=True, perfect=True, infinitive=True)
    return Mark(Status.ongoing if progressive else None, "to", infinitive=True)


def _present(tree: Tree, i: int, progressive: bool) -> Mark:
    if tree.tag[i] == "VBG" and any(tree.lemma[kid] == "keep" for kid in tree.kids[i] if tree.base[kid] == "aux"):
        return Mark(Status.ongoing, "keep", own=True)
    if not progressive:
        ahead = "day" not in (times := _lowers(tree, i)) and times & {
            "tomorrow",
            "next",
            "coming",
            "upcoming",
            "tonight",
        }
        return Mark(Status.planned if ahead else Status.happened, "present-future" if ahead else "present", own=True)
    particle = tree.particle(i) or next((tree.lower[kid] for kid in tree.kids[i] if tree.tag[kid] in ("RB", "RP")), "")
    if tree.tag[i] == "VBG" and {tree.lemma[i], f"{tree.lemma[i]} {particle}"} & modality().departures:
        return Mark(Status.planned, "progressive-future", own=True)
    if tree.lemma[i] == "go" and tree.child(i, "obl") is not None:
        return Mark(Status.planned, "is-going", own=True)  # "is going to Geneva for talks"
    if _lowers(tree, i) & modality().future_words:
        return Mark(Status.planned, "progressive-future", own=True)
    return Mark(Status.ongoing, "progressive", own=True)


def _lowers(tree: Tree, i: int) -> set[str]:
    """The words of the adverbials of a clause that may tell its time, in lower case."""
    heads = [kid for kid in tree.kids[i] if tree.base[kid] in ("obl", "advmod")]
    return {tree.lower[item] for kid in heads for item in (kid, *tree.kids[kid])}


def _commands(tree: Tree, i: int) -> bool:
    """False for a bare verb with a subject before it that the tree has lost: "Kolb and Marin sign the treaty"."""
    start = tree.bounds[tree.sent[i]][0]
    before = range(start, i)
    for k in reversed(before):
        if tree.text[k] in QUOTE_MARKS or tree.text[k] in (":", ";", "—", "–", "(", "…"):
            before = range(k + 1, i)
            break
    words = [k for k in before if tree.text[k].strip()]
    named = [k for k in words if tree.is_noun(k) and not tree.marker(k, "case")]
    return len(words) < 4 or tree.pos[words[0]] not in ("DET", "NUM", "ADJ", "NOUN", "PROPN") or not named


def _nonfinite(tree: Tree, i: int, aux: list[int], perfect: bool) -> Mark:
    tag = tree.tag[i]
    if aux and tree.tag[aux[0]] in ("VBG", "VBN"):
        if tree.lemma[aux[0]] == "have":
            return Mark(Status.happened, "having", past=True)
        return Mark(None, "gerund")
    if tag == "VBN" or (tag == "JJ" and not aux):
        return Mark(Status.happened, "participle", past=tag == "VBN")
    if tag == "VBG":
        return Mark(None, "gerund")
    if tag == "VB" and not aux:
        subject = tree.subject(i)
        if tree.base[i] in ("root", "parataxis") and not (
            _commands(tree, i) if subject is None else subject > i or not tree.is_noun(subject)
        ):
            return Mark(Status.happened, "present", own=True)  # a plural verb that the tagger took for a bare one
        if subject is None and tree.base[i] in ("root", "parataxis", "ccomp") and not tree.marker(i, "mark"):
            return Mark(Status.called_for, "imperative")
        return Mark(None, "bare")
    if perfect:
        return Mark(Status.happened, "perfect", own=True, past=True)
    if aux or tree.subject(i) is not None:
        return Mark(Status.happened, "finite", own=True)
    return Mark(None, "bare")


def _modal(tree: Tree, i: int, aux: list[int], name: str, negated: bool) -> Mark:
    says = modality().modals[name]
    have = any(tree.lower[kid] in ("have", "'ve", "’ve") and tree.base[kid] == "aux" for kid in aux)
    effect = says["have"] if have and tree.tag[i] in ("VBN", "VBD") else says["not" if negated else "plain"]
    if effect == "would":
        return Mark(Status.hypothetical, "would", own=True, would=True)
    return Mark(Status[effect], name if not negated else f"{name}-not", own=True)


def _adverbs(tree: Tree, i: int, mark: Mark) -> Mark:
    """``mark`` with adverbs on the predicate taken in: "possibly killed", "almost killed"."""
    if mark.status is None or not mark.status.real:
        return mark
    for kid in tree.kids[i]:
        if tree.base[kid] == "advmod":
            says = modality().adverbs.get(tree.lower[kid])
            if says in ("hypothetical", "negated"):
                return Mark(Status[says], tree.lower[kid], own=mark.own, infinitive=mark.infinitive)
    return mark
