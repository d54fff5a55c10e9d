"""Tags, lemmas and trees on UD EWT and UD GUM dev; words and sentences on raw GUM text.

Trees: every gold sentence is given as a pre-tokenised document of one sentence. UPOS; UAS; LAS with universal
labels (subtypes cut off on both sides), punctuation included; lemmas compared without regard to case, gold `_` left
out. GUM is reported whole and for its news documents apart.

Raw text: the GUM news and interview documents as running text (paragraphs parted by a blank line) go through ingest
and the language layer. A word is right when both its edges are; a multiword token counts as its words ("do",
"n't"). A sentence is right when it begins at the same character and ends at the same character, blanks aside. F1 of
both.

n: words for tags and trees, gold words and gold sentences for raw text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evals._corpora import Sentence, Span, documents, raw_text, read_conllu
from evals._docs import make_doc, parse, pipeline
from evals._metrics import Counts, percent
from evals._score import Score, need


def score(data: Path) -> list[Score]:
    ewt = read_conllu(need(data / "ud_ewt" / "dev.conllu"))
    gum = read_conllu(need(data / "ud_gum" / "dev.conllu"))
    news = [s for s in gum if "_news_" in s.document]
    scores = tree_scores("ud_ewt", "ud_ewt dev", ewt, _parsed(ewt))
    parsed = _parsed(gum)
    scores += tree_scores("ud_gum", "ud_gum dev", gum, parsed)
    of_news = [d for s, d in zip(gum, parsed, strict=True) if "_news_" in s.document]
    scores += tree_scores("ud_gum_news", "ud_gum dev, news", news, of_news)
    spoken_of = [s for s in gum if "_news_" in s.document or "_interview_" in s.document]
    return scores + raw_scores("raw_gum", "ud_gum dev, news and interview", spoken_of)


def _parsed(sentences: Iterable[Sentence]) -> list[Any]:
    docs = [make_doc([[w.form for w in s.words]], [[w.space_after for w in s.words]]) for s in sentences]
    return list(parse(docs))


def tree_scores(name: str, corpus: str, sentences: Sequence[Sentence], docs: Sequence[Any]) -> list[Score]:
    """UPOS, UAS, LAS and lemma accuracy of analysed one-sentence documents against their gold sentences."""
    words = upos = uas = las = lemmas = lemma_right = 0
    for sentence, doc in zip(sentences, docs, strict=True):
        if len(doc) != len(sentence.words):
            raise ValueError(f"{sentence.sent_id}: {len(doc)} tokens for {len(sentence.words)} gold words")
        for gold, token in zip(sentence.words, doc, strict=True):
            words += 1
            upos += token.pos_ == gold.upos
            head_right = head_number(token) == gold.head
            uas += head_right
            las += head_right and universal(token.dep_) == universal(gold.deprel)
            if gold.lemma != "_":
                lemmas += 1
                lemma_right += token.lemma_.lower() == gold.lemma.lower()
    return [
        Score(f"{name}.upos", percent(upos, words), corpus, words),
        Score(f"{name}.uas", percent(uas, words), corpus, words),
        Score(f"{name}.las", percent(las, words), corpus, words),
        Score(f"{name}.lemma", percent(lemma_right, lemmas), corpus, lemmas),
    ]


def head_number(token: Any) -> int:
    """1-based number of the head within a one-sentence document; 0 for the root, whose head is itself in spaCy."""
    return 0 if token.head.i == token.i else token.head.i + 1


def universal(label: str) -> str:
    """A dependency label without its subtype, lower case."""
    return label.split(":")[0].lower()


def raw_scores(name: str, corpus: str, sentences: Sequence[Sentence]) -> list[Score]:
    """Word and sentence F1 of running text."""
    from onrecord import ingest, language

    words, bounds = Counts(), Counts()
    for document, of_document in documents(sentences).items():
        text, gold_words, gold_sentences = raw_text(of_document)
        article = ingest.from_text(text, name=document)
        if article.text != text:
            raise ValueError(f"{document}: ingest changed the text, so its offsets cannot be compared")
        doc = language.analyse(pipeline(), article)
        words.add_sets(gold_words, [(t.idx, t.idx + len(t)) for t in doc if not t.is_space])
        bounds.add_sets(gold_sentences, [stripped(text, s.start_char, s.end_char) for s in doc.sents if s.text.strip()])
    return [
        Score(f"{name}.words", words.f1, corpus, words.gold),
        Score(f"{name}.sentences", bounds.f1, corpus, bounds.gold),
    ]


def stripped(text: str, start: int, end: int) -> Span:
    """The span without blanks at its edges."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
