"""Questions with their answers, however a page sets them: headings, definition lists, panels, lines, running text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from snapshot.perception.models import Perception, TextBlock

SHORTEST_ANSWER = 2
"""Letters; «خیر» and "no" answer a question."""
LONGEST_QUESTION = 30
"""Words."""
_QUESTION = re.compile(r"[^؟?]{6,}[؟?]")
_NUMBERING = re.compile(r"^[\s\d\-–—.()*•:]+")


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One question of the main content, its answer, and where the question stands."""

    question: str
    answer: str
    selector: str


def answered_questions(perception: Perception) -> tuple[AnsweredQuestion, ...]:
    """Questions of the main content that an answer follows, each once, in page order."""
    found: dict[str, AnsweredQuestion] = {}
    for one in (*_under_headings(perception), *_in_blocks(perception)):
        found.setdefault(_NUMBERING.sub("", one.question), one)
    return tuple(found.values())


def _under_headings(perception: Perception) -> Iterator[AnsweredQuestion]:
    for heading in perception.headings:
        if heading.place == "main" and is_question(heading.text):
            said = [b.text for b in perception.blocks if b.heading == heading.text and b.text != heading.text]
            answer = " ".join(said)
            # A paragraph that begins with its question in bold is both heading and answer.
            answer = answer.removeprefix(heading.text).strip() or _after(heading.text, perception.blocks)
            if answers(answer):
                yield AnsweredQuestion(heading.text, answer, heading.selector)


def _in_blocks(perception: Perception) -> Iterator[AnsweredQuestion]:
    """A line that is a question before a line that is none, or question and answer in one line."""
    blocks = perception.blocks
    for at, block in enumerate(blocks):
        match = _QUESTION.match(block.text)
        if match is None or len(match.group().split()) > LONGEST_QUESTION:
            continue
        rest = block.text[match.end() :].strip()
        following = blocks[at + 1].text if at + 1 < len(blocks) else ""
        answer = rest or ("" if is_question(following) else following)
        if answers(answer):
            yield AnsweredQuestion(match.group().strip(), answer, block.selector)


def _after(question: str, blocks: tuple[TextBlock, ...]) -> str:
    return next((b.text.removeprefix(question).strip() for b in blocks if b.text.startswith(question)), "")


def is_question(text: str) -> bool:
    """Whether a short text ends as a question."""
    return text.rstrip().endswith(("؟", "?")) and len(text.split()) <= LONGEST_QUESTION


def answers(text: str) -> bool:
    """Whether a text says anything at all."""
    return sum(map(str.isalpha, text)) >= SHORTEST_ANSWER
