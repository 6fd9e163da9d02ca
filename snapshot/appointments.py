"""News of appointments on a portal, and what it says of the managers that the portal shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from snapshot.filters import is_news
from snapshot.managers import Manager
from snapshot.matching import lexicon
from snapshot.perception.models import PageDate, Perception
from snapshot.perception.people import person_words
from snapshot.places import inside
from snapshot.posts import Rank, rank_of, subject_words
from snapshot.reader import Page, Snapshot, same_address
from snapshot.text import fold

STALE_AFTER_DAYS = 60
"""Days after which a portal should have replaced a manager who left (rubric T04, freshness test)."""
ROW_DEPTH = 4
"""Elements above a link that can be the row of its list."""
_FAREWELL_WORDS = 4
_POST_WORDS = 12
_SENTENCE = re.compile(r"[.؟?!؛\n]+\s*")
_CLAUSE = re.compile(r"\s*[،,:؛;«»()|]\s*|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Appointment:
    """A news item that says who now holds a post: `posts` in its own words, `day` its date if it has one."""

    page: Page
    posts: tuple[str, ...]
    day: date | None
    selector: str
    quote: str

    def concerns(self, manager: Manager, snapshot: Snapshot) -> bool:
        """Whether one of the posts is the one in which the portal shows this manager."""
        return any(_same_post(post, manager, snapshot) for post in self.posts)

    def told_of(self, person: str) -> str:
        """What the news says of a person: `absent`, `leaving` or `named`."""
        return _told_of(self.page.perception, person)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A manager still shown although the portal's own news told of a successor `age_days` before the visit."""

    manager: Manager
    appointment: Appointment
    age_days: int


def find_appointments(snapshot: Snapshot) -> tuple[Appointment, ...]:
    """Appointment news on the portal, newest first; news without a date last."""
    found = []
    for page in snapshot.pages:
        perception = page.perception
        if not is_news(perception) or perception.page_type == "listing":
            continue
        texts = list(_texts(perception))
        posts = [(post, selector, text) for selector, text in texts for post in _posts_in(text)]
        if posts:
            _, selector, quote = posts[0]
            day = _news_day(perception) or _listed_day(snapshot, page)
            names = tuple(dict.fromkeys(post for post, _, _ in posts))
            found.append(Appointment(page, names, day.day if day else None, selector, quote))
    return tuple(sorted(found, key=lambda one: one.day or date.min, reverse=True))


def replaced_managers(
    snapshot: Snapshot, shown: tuple[Manager, ...], appointments: tuple[Appointment, ...]
) -> tuple[Replaced, ...]:
    """Of the managers shown, those whose post the portal's news gave to somebody else more than 60 days before."""
    gone = []
    for manager in shown:
        said = _last_word(snapshot, manager, appointments)
        if said is None or said.day is None or said.told_of(manager.person) == "named":
            continue
        age = (snapshot.as_of.date() - said.day).days
        if age > STALE_AFTER_DAYS:
            gone.append(Replaced(manager, said, age))
    return tuple(gone)


def confirmed_managers(
    snapshot: Snapshot, shown: tuple[Manager, ...], appointments: tuple[Appointment, ...]
) -> tuple[tuple[Manager, Appointment], ...]:
    """Of the managers shown, those whom the last dated appointment news of their post names as its holder."""
    pairs = ((manager, _last_word(snapshot, manager, appointments)) for manager in shown)
    return tuple((manager, said) for manager, said in pairs if said and said.told_of(manager.person) == "named")


def _last_word(snapshot: Snapshot, manager: Manager, appointments: tuple[Appointment, ...]) -> Appointment | None:
    """The newest dated appointment to a manager's post."""
    return next((one for one in appointments if one.day is not None and one.concerns(manager, snapshot)), None)


def _texts(perception: Perception) -> Iterator[tuple[str, str]]:
    """Title, headings and paragraphs of a news item, each with its selector."""
    yield perception.main_selector, perception.title
    yield from ((heading.selector, heading.text) for heading in perception.headings if heading.place == "main")
    yield from ((block.selector, block.text) for block in perception.blocks[:40])


def _posts_in(text: str) -> Iterator[str]:
    """Posts that a text gives to somebody: after «به عنوان», or before «جدید» in a sentence on an appointment."""
    words = lexicon()
    for sentence in _SENTENCE.split(text):
        if len(sentence) > 600 or not words.has(sentence, "appointed"):
            continue
        for match in words.words(sentence, "appointed-as"):
            after = _CLAUSE.split(sentence[match.end :].strip(), maxsplit=1)[0]
            post = _before_verb(after)
            if _names_post(post):
                yield post
        for clause in _CLAUSE.split(sentence):
            if words.has(clause[-12:], "became"):
                # «... مدیرکل فناوری اطلاعات شد»: the last post in the clause is the one that was given.
                post = _before_verb(_from_rank(clause, last=True))
                if _names_post(post):
                    yield post
            for match in words.words(clause, "new-holder"):
                # «معاون جدید شهرسازی معرفی شد»: the word stands between rank and subject.
                around = f"{clause[: match.start]} {clause[match.end :]}"
                post = _before_verb(_from_rank(around))
                if _names_post(post):
                    yield post


def _before_verb(text: str) -> str:
    """The words of a clause before its verb of appointing, at most twelve."""
    words = lexicon()
    ends = [match.start for match in words.words(text, "appointed")]
    ends += [match.start for match in words.words(text, "sentence-verb", inflected=False)]
    # A phrase such as «معرفی شد» also stands at the end; one at the very start belongs to the marker before it.
    end = min((place for place in ends if place > 0), default=len(text))
    return " ".join(text[:end].split()[:_POST_WORDS])


def _from_rank(text: str, *, last: bool = False) -> str:
    """The text from its first (or last) word for a post on, empty where it has none."""
    words = lexicon()
    starts = [m.start for group in ("deputy-role", "director-role", "head-role") for m in words.words(text, group)]
    return text[(max if last else min)(starts) :] if starts else ""


def _names_post(text: str) -> bool:
    groups = lexicon().groups_in(text)
    return bool(groups & {"deputy-role", "director-role", "head-role", "deputy-unit"})


def _same_post(post: str, manager: Manager, snapshot: Snapshot) -> bool:
    """Same rank and same subject; a post in news is often followed by the agency's name."""
    rank: Rank = rank_of(post, "", snapshot.agency)
    if manager.rank == "head" or rank == "head":
        return manager.rank == rank == "head" and _shares_title(post, manager.role)
    wanted, said = subject_words(f"{manager.role} {manager.unit}"), subject_words(post)
    if (manager.rank == "deputy") != (rank == "deputy") or not wanted or not said:
        return False
    role = subject_words(manager.role) or wanted
    return role <= said or (len(said) > 1 and said <= wanted)


def _shares_title(post: str, role: str) -> bool:
    first, second = set(fold(post).split()), set(fold(role).split())
    return bool(first & second)


def _told_of(perception: Perception, person: str) -> str:
    """`absent`, `leaving` (only mentioned as the one who goes) or `named`."""
    name = person_words(person)
    said = "absent"
    for _, text in _texts(perception):
        for sentence in _SENTENCE.split(fold(text)):
            place = _place_of(name, sentence)
            if place is None:
                continue
            if not _leaves(sentence, place):
                return "named"
            said = "leaving"
    return said


def _place_of(name: frozenset[str], sentence: str) -> tuple[int, int] | None:
    """Where the words of a name stand together in a folded sentence."""
    words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"[^\W\d_]+", sentence)]
    for at in range(len(words)):
        window = words[at : at + len(name)]
        if len(name) > 1 and {word for word, _, _ in window} == name:
            return window[0][1], window[-1][2]
    # A person is also called by family name alone, but only the full name is certain enough here.
    return None


def _leaves(sentence: str, place: tuple[int, int]) -> bool:
    words = lexicon()
    before, after = sentence[: place[0]], sentence[place[1] :]
    for match in words.words(before, "farewell-before-name"):
        gap = before[match.end :]
        if len(gap.split()) <= _FAREWELL_WORDS and not re.search(r"[،,.]", gap):
            return True
    near = " ".join(after.split()[:6])
    return words.has(near, "farewell-after-name")


def _listed_day(snapshot: Snapshot, item: Page) -> PageDate | None:
    """The day that a list of news states beside the link to an item which bears no date itself."""
    address = same_address(item.url)
    for page in snapshot.pages:
        days = [found for found in page.perception.dates if found.kind not in ("clock", "event")]
        if not days or page is item:
            continue
        for link in page.perception.links:
            if link.url and same_address(link.url) == address and (found := _beside(link.selector, days)) is not None:
                return found
    return None


def _beside(selector: str, days: list[PageDate]) -> PageDate | None:
    """The one date in the row of a link; None where its surroundings hold none or several."""
    steps = selector.split(" > ")
    for up in range(1, min(ROW_DEPTH, len(steps) - 2) + 1):
        near = [found for found in days if inside(found.selector, " > ".join(steps[:-up]))]
        if near:
            return near[0] if len({found.day for found in near}) == 1 else None
    return None


def _news_day(perception: Perception) -> PageDate | None:
    """The day a news item was published, else the one dated thing on it."""
    published = [found for found in perception.dates if found.kind == "published"]
    if published:
        return published[0]
    others = [found for found in perception.dates if found.kind not in ("clock", "event")]
    return others[0] if others else None
