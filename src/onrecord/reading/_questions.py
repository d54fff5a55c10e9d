"""What conditions can ask beyond one place: the clause below a trigger, its surroundings, its own form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import TYPE_CHECKING

from onrecord.reading._clauses import OBJECTS, SUBJECTS

if TYPE_CHECKING:
    from onrecord.reading._sites import Site

_TENSES = {
    "VBD": "PAST",
    "VBZ": "PRESENT",
    "VBP": "PRESENT",
    "VBN": "PARTICIPLE",
    "VBG": "PARTICIPLE",
    "VB": "INFINITIVE",
}
_LINKED = frozenset({"advcl", "conj", "acl", "acl:relcl", "parataxis", "ccomp"})
_INTENTS = frozenset(
    "plan decision intention readiness willingness agreement pledge promise commitment offer deal vow order bid "
    "attempt effort move refusal proposal request call demand threat".split()
)
_NEGATIONS = frozenset({"not", "n't", "never", "no", "without", "neither", "nor", "n’t", "longer", "hardly"})


def _clause_marks(site: Site) -> set[str]:
    found = set()
    for clause in site.clauses():
        case = site.tree.case(clause)
        if site.tree.dep[clause] == "advcl" and case not in ("to", "of", "for", "from", "if", "unless", "that"):
            continue
        found |= {
            case or ("that" if site.tree.dep[clause] == "ccomp" else "to" if site.tree.tag[clause] == "VB" else "ing"),
            "ANY",
        }
    return found or {"NONE"}


def _clause_verbs(site: Site) -> set[str]:
    # The act may be one step down: "agreed to begin releasing", "vowed to continue to fight".
    found: set[str] = set()
    for clause in site.clauses():
        if site.tree.dep[clause] == "advcl" and site.tree.case(clause) not in ("to", "of", "for", "from", "that"):
            continue
        for item in site.tree.coordinated(clause):
            found.add(site.tree.lemma[item])
            found.update(site.tree.lemma[kid] for kid in site.tree.kids[item] if site.tree.dep[kid] == "xcomp")
    return found


def _clause_types(site: Site) -> set[str]:
    types = site.setting.frames.verb_types
    return {name for verb in _clause_verbs(site) for name in types.get(verb, ())}


def _clause_modals(site: Site) -> set[str]:
    tree = site.tree
    return {
        tree.lemma[kid] for clause in site.clauses() for kid in tree.kids[clause] if tree.dep[kid] in ("aux", "cop")
    }


def _clause_moods(site: Site) -> set[str]:
    """ "insists that he go" wants it; "insists that he goes" states it."""
    tree = site.tree
    return {
        "subjunctive"
        for clause in site.clauses()
        if tree.dep[clause] == "ccomp"
        and tree.tag[clause] in ("VB", "VBP")
        and not any(tree.dep[kid] in ("aux", "cop") for kid in tree.kids[clause])
    }


def _clause_will(site: Site) -> set[str]:
    subjects = site.clause_subject()
    if not subjects:
        return {"SELF"} if site.clauses() else set()
    own = site.setting.parties_of(site.tokens("subject"))
    about = site.setting.parties_of(subjects)
    return {"SELF"} if own and set(own) & set(about) else {"OTHER"}


def _circumstance(site: Site) -> set[str]:
    """Nouns and verbs of the trigger's own clause and of those it hangs on or that hang on it."""
    tree = site.tree
    found: set[str] = set()
    spots = [site.token]
    above = site.token
    for _ in range(3):
        if tree.head[above] == above:
            break
        above = tree.head[above]
        spots.append(above)
    for spot in list(spots):
        beside = [kid for kid in tree.kids[spot] if tree.dep[kid] in _LINKED]
        # "were killed and nine injured when a bus overturned": the clause hangs on the last of the verbs.
        spots += beside + [
            kid for item in beside if tree.dep[item] == "conj" for kid in tree.kids[item] if tree.dep[kid] == "advcl"
        ]
    for spot in dict.fromkeys(spots):
        found.update((tree.lemma[spot], tree.lower[spot]))
        for kid in tree.kids[spot]:
            if (
                tree.dep[kid] in SUBJECTS
                or tree.dep[kid] in OBJECTS
                or tree.dep[kid].startswith(("obl", "nmod", "compound"))
            ):
                found.add(tree.lemma[kid])
                found.add(tree.lemma[tree.inner(kid)])
                found.update(
                    tree.lemma[item]
                    for item in tree.kids[kid]
                    if tree.dep[item].startswith(("nmod", "compound", "conj"))
                )
    found.discard(tree.lemma[site.token])
    return found


def _negated(site: Site) -> set[str]:
    tree = site.tree
    return {"YES"} if any(tree.lower[kid] in _NEGATIONS for kid in tree.kids[site.token]) else {"NO"}


def _modal(site: Site) -> set[str]:
    return {
        site.tree.lemma[kid] for kid in site.tree.kids[site.token] if site.tree.dep[kid] in ("aux", "aux:pass", "cop")
    } or {"NONE"}


def _article(site: Site) -> set[str]:
    return {site.tree.lower[kid] for kid in site.tree.kids[site.token] if site.tree.dep[kid] == "det"} or {"NONE"}


def _number(site: Site) -> set[str]:
    return {"PLURAL"} if site.tree.tag[site.token] in ("NNS", "NNPS") else {"SINGULAR"}


def _tense(site: Site) -> set[str]:
    return {_TENSES.get(site.tree.tag[site.token], "NONE")}


def _purpose(site: Site) -> set[str]:
    tree, token = site.tree, site.token
    verb = tree.first_conjunct(token)
    aim = tree.tag[verb] == "VB" and tree.dep[verb] in ("advcl", "acl") and tree.case(verb).endswith("to")
    # "was sent to help", "a plan to allow" of those who plan it: an act of theirs that lies ahead.
    return {"YES"} if aim and not (tree.dep[verb] == "acl" and tree.lemma[tree.head[verb]] in _INTENTS) else {"NO"}


def _sentence(site: Site) -> frozenset[str]:
    return site.setting.sentence_words(site.token)


ASKED: Mapping[str, Callable[[Site], Set[str]]] = {
    "clause": _clause_marks,
    "clause_verb": _clause_verbs,
    "clause_type": _clause_types,
    "clause_modal": _clause_modals,
    "clause_mood": _clause_moods,
    "clause_will": _clause_will,
    "circumstance": _circumstance,
    "sentence": _sentence,
    "negated": _negated,
    "modal": _modal,
    "article": _article,
    "number": _number,
    "purpose": _purpose,
    "tense": _tense,
}
