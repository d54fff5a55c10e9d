"""Sources named without a speaking verb: "according to", "his warning that", "in her view", "reportedly", "X: …"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.reading._contents import Contents, Said
from onrecord.reading._marks import clause_mark
from onrecord.reading._quotes import MARKS
from onrecord.reading._sources import Source
from onrecord.records import Status


class Named(Contents):
    """Statements from nouns, prepositions, adverbs and colons."""

    def noun(self, i: int) -> Iterator[Said]:
        """ "his warning that …", "a claim by X that …", "calls for …"."""
        tree = self.tree
        entries = self.words.nouns[tree.lemma[i]]
        picked: tuple[int, str] | None = None
        for kid in tree.kids[i]:
            if kid < i or tree.base[kid] not in ("acl", "nmod", "ccomp", "advcl"):
                continue
            if tree.base[kid] in ("acl", "ccomp", "advcl") and tree.dep[kid] != "acl:relcl":
                marker = tree.marker(kid, "mark", "case").split(" ")[0]
                frame = (
                    "to"
                    if self.infinitive(kid)
                    else "that"
                    if marker == "that" or (not marker and self.finite(kid))
                    else marker
                )
            elif tree.base[kid] == "nmod":
                frame = tree.marker(kid, "case").split(" ")[0]
                if frame == "to" or (frame == "of" and self.sources.party(kid) is not None):
                    continue  # "a threat to the town" is no threat to do something
            else:
                continue
            if frame in entries:
                picked = kid, frame
                break
        if picked is None:
            return
        kid, frame = picked
        if any(tree.lower[k] == "no" for k in tree.kids[i]):
            return
        source, carrier = self._noun_source(i, kid)
        if source is None and frame != "that":
            return
        if frame == "of" and carrier is None and source is None:
            return
        content = self.clause(kid, i)
        if not content:
            return
        self.claimed.add(i)
        cue = (i, i + 1)
        if carrier is not None and carrier < i and i - carrier < 6:
            cue = (carrier, i + 1)
        yield Said(cue, content, "indirect", entries[frame].stance, f"noun/{frame}", verb=i).by(source)

    def _noun_source(self, i: int, content: int) -> tuple[Source | None, int | None]:
        tree, sources = self.tree, self.sources
        for kid in tree.kids[i]:
            if tree.dep[kid] == "nmod:poss":
                return sources.of(kid), self._carrier(i)
            if tree.dep[kid] == "nmod" and kid != content and tree.marker(kid, "case") in ("by", "from", "among", "of"):
                return sources.of(kid), self._carrier(i)
        carrier = self._carrier(i)
        if carrier is not None:
            return sources.speaker(carrier), carrier
        for kid in tree.kids[i]:
            if (
                tree.base[kid] in ("amod", "compound")
                and sources.parties is not None
                and sources.parties.at(kid) is not None
            ):
                return sources.of(kid), None
        return None, None

    def _carrier(self, i: int) -> int | None:
        tree = self.tree
        head = tree.head[i]
        if tree.base[i] == "obj" and tree.lemma[head] in self.words.carriers:
            return head
        return None

    def adjective(self, i: int) -> Iterator[Said]:
        """ "she is confident that …", "villagers were angry that …": somebody's state of mind."""
        tree = self.tree
        subject = tree.subject(i)
        if subject is None or tree.base[subject] == "expl" or tree.lower[subject] in ("it", "i", "we", "you", "this"):
            return
        if clause_mark(tree, i).status not in (Status.happened, Status.ongoing):
            return
        for kid in tree.kids[i]:
            if kid > i and tree.base[kid] in ("ccomp", "advcl") and tree.marker(kid, "mark").split(" ")[0] == "that":
                content = self.clause(kid, i)
                if content:
                    stance = self.words.adjectives[tree.lower[i]]["that"].stance
                    said = Said((i, i + 1), content, "indirect", stance, "adjective/that", verb=i)
                    yield said.by(self.sources.of(subject))
                return

    def according(self, i: int) -> Iterator[Said]:
        tree = self.tree
        if i + 1 >= tree.size or tree.lower[i + 1] != "to":
            return
        noun = tree.head[i] if tree.dep[i] in ("case", "mark") else tree.child(i, "obl", "obj", "nmod")
        if noun is None or noun == i or noun < i:
            return
        end = tree.right[noun] + 1
        start = min(i, tree.left[noun])
        host = tree.head[noun] if tree.head[noun] != i else tree.head[i]
        while not self.finite_clause(host) and tree.head[host] != host:
            host = tree.head[host]
        if host < i and tree.text[start - 1] == "," and self._closes(end, i):
            while tree.base[host] in ("acl", "ccomp", "advcl", "xcomp") and tree.head[host] < i:
                host = tree.head[host]
        if tree.segment[host] != tree.segment[i]:
            host = self._main_clause(i, end) or host
        if host == noun or noun == tree.head[noun]:
            return
        if start <= tree.bounds[tree.sent[i]][0] + 2:
            while tree.base[host] == "conj" and tree.head[host] > i:
                host = tree.head[host]
        source = self.sources.of(noun)
        source = source._replace(span=(max(source.span[0], i + 2), max(source.span[1], noun + 1)))
        content = self.around(host, (start, end))
        if content:
            yield Said((i, i + 2), content, "indirect", "asserts", "according-to", verb=i).by(source)

    def _closes(self, end: int, i: int) -> bool:
        """True when nothing but the full stop follows token ``end`` in the sentence of ``i``."""
        tree = self.tree
        rest = [k for k in range(end, min(tree.size, end + 4)) if tree.segment[k] == tree.segment[i]]
        return all(tree.pos[k] in ("PUNCT", "SPACE") for k in rest)

    def _main_clause(self, i: int, end: int) -> int | None:
        """The topmost finite clause behind token ``end`` in the sentence of ``i``."""
        tree = self.tree
        for k in range(end, tree.size):
            if tree.segment[k] != tree.segment[i]:
                return None
            if self.finite_clause(k) and tree.base[k] in ("root", "parataxis", "conj", "ccomp"):
                return k
        return None

    def hedge(self, i: int) -> Iterator[Said]:
        tree = self.tree
        host = tree.head[i]
        while not (self.finite_clause(host) or tree.tag[host] in ("VBN", "VBG", "VB")) and tree.head[host] != host:
            host = tree.head[host]
        content = self.around(host, (i, i + 1), whole=True)
        if content:
            yield Said((i, i + 1), content, "indirect", "asserts", "hedge", verb=i)

    def view(self, i: int) -> Iterator[Said]:
        """ "in the minister's view", "in the words of the minister"."""
        tree = self.tree
        noun = tree.head[i]
        if tree.lemma[noun] not in self.words.views or noun - i > 8:
            return
        owner = next(
            (
                k
                for k in tree.kids[noun]
                if tree.dep[k] == "nmod:poss" or (tree.dep[k] == "nmod" and tree.marker(k, "case") == "of")
            ),
            None,
        )
        if owner is None or tree.base[noun] not in ("obl", "parataxis", "advmod", "nmod"):
            return
        host = tree.head[noun]
        while not self.finite_clause(host) and tree.head[host] != host:
            host = tree.head[host]
        content = self.around(host, (tree.left[noun], tree.right[noun] + 1))
        if content:
            yield Said((i, i + 1), content, "indirect", "asserts", "in-view", verb=i).by(self.sources.of(owner))

    def headline(self, i: int) -> Iterator[Said]:
        """ "Okafor: Talks will go on": a person or body, a colon, a clause."""
        tree = self.tree
        start, end = tree.bounds[tree.sent[i]]
        while start < i and not tree.text[start].strip():
            start += 1
        lead = range(start, i)
        while lead and tree.text[lead[0]] in MARKS:
            lead = range(lead[0] + 1, i)
        head = next((k for k in lead if not start <= tree.head[k] < i or tree.head[k] == k), i - 1)
        shout = len(lead) == 1 and tree.text[lead[0]].isupper() and len(tree.text[lead[0]]) > 2
        if not 1 <= len(lead) <= 5 or not (
            shout or any(self.sources.named.get(k) in ("PER", "ORG") for k in lead) or self._speaks(head)
        ):
            return
        if any(tree.pos[k] in ("VERB", "AUX", "ADP", "PUNCT") for k in lead):
            return
        while end > i + 1 and (not tree.text[end - 1].strip() or tree.text[end - 1] in MARKS):
            end -= 1
        if end - i < 4 or any(tree.pos[k] in ("VERB", "AUX") for k in range(i + 1, end)) is False:
            return
        if any(self.sources.named.get(k) in ("LOC", "GPE", "FAC") for k in lead) or self.sources.is_country(head):
            return
        if any(quote.holds(i + 2) and not quote.holds(i) for quote in self.speech):
            return
        content = self.trim(((i + 1, end),))
        if content:
            yield Said((i, i + 1), content, "indirect", "asserts", "headline", verb=i).by(self.sources.of(head))

    def _speaks(self, head: int) -> bool:
        """True for a lead like "Police:" or "Officials:", words that the lexicon takes for somebody."""
        parties = self.sources.parties
        found = None if parties is None else parties.at(head)
        return (
            found is not None and parties is not None and parties.all[found].kind in ("person", "group", "organisation")
        )
