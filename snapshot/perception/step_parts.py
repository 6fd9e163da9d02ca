"""What one step says of its length of time and of the office that does it."""

import re

from snapshot.text import normalise

_NUMBER = (
    r"(?:\d+(?:[./]\d+)?|نیم|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|پانزده|بیست|سی|چهل و پنج|چهل|شصت|نود"
    r"|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|several|a few)"
)
_SPAN = rf"{_NUMBER}(?:\s*(?:تا|الی|یا|to|or|-|–|—)\s*{_NUMBER})?"
_DURATION = re.compile(
    rf"(?<![\w/.-])(?:(?:حداکثر|حداقل|ظرف|طی|به مدت|مدت|تا|within|up to|about|at most|at least|maximum"
    rf"|approximately)\s+){{0,3}}{_SPAN}\s?"
    r"(?:روز(?:ه)?(?!نامه|رسان)(?:\s*(?:کاری|اداری|تقویمی))?|ساعت(?!ه)(?:\s*(?:کاری|اداری))?|هفته|ماه(?:ه)?|دقیقه"
    r"|(?:full |working |business |calendar |week)?-?\s?(?:minute|hour|day|week|month)s?)(?![\w-])"
    r"|(?:در )?همان (?:روز|لحظه)|بلافاصله|بصورت انی|به صورت انی|(?<!\w)انی(?!\w)|لحظه ای|same[- ]day"
    r"|immediate(?:ly)?|instant(?:ly)?"
)
_UNIT_WORD = (
    r"(?:اداره(?: کل)?|معاونت|دفتر|دبیرخانه|واحد|مدیریت|کمیسیون|کمیته|مرکز|شعبه|گروه|بخش|باجه|میز خدمت|حراست"
    r"|روابط عمومی|حوزه"
    r"|امور|شورا(?:ی)?|هیات|قسمت|ازمایشگاه|خزانه|کارگزینی|ستاد|سازمان|شهرداری|فرمانداری|کارگروه)"
)
_STAFF = r"(?:کارشناس(?:ان)?(?: مسوول| ارشد)?|بازرس(?:ان)?|رییس|مدیر(?:کل)?|متصدی|مسوول|مامور|کارمند|همکاران)"
_STOP = (
    r"(?:را|به|از|در|که|می|شده|شد|جهت|برای|تا|با|است|بررسی|انجام|صادر|تایید|ثبت|ارسال|ارجاع|دریافت|اعلام|پس|و"
    r"|توسط|نسبت|مراجعه|کنید|خواهد"
    r"|باید|ظرف|حداکثر|طی|مطابق|طبق|اقدام|صورت|پذیرش|کارشناسی|رسیدگی|اظهار|امضا|تحویل|پرداخت|درخواست|پرونده"
    r"|مدارک|مدت|یا|این)"
)
_PERSIAN_UNIT = re.compile(
    rf"(?P<before>(?:(?:مراجعه(?: حضوری)?|ارجاع) به |توسط |از سوی |از طرف |در |به )?)(?<!\w)"
    rf"(?P<unit>(?:{_STAFF}\s)?{_UNIT_WORD}(?:\s(?!{_STOP}(?!\w))[^\W\d_]+){{0,4}}|(?<=توسط "
    rf"){_STAFF}(?:\s(?!{_STOP}(?!\w))[^\W\d_]+){{0,4}})"
)
_LABELLED = re.compile(
    r"(?:واحد(?: مسوول| مربوط(?:ه)?| انجام دهنده| اقدام کننده| متولی)?|مسوول(?: انجام| اقدام| مربوطه)?|انجام "
    r"دهنده|اقدام کننده|متولی|مجری"
    r"|responsible(?: unit| office| department| party)?|unit|office|department|done by|handled by|performed by"
    r"|who)\s*[:：]\s*(?P<unit>(?:(?!\s[-–—]\s)[^,،؛;.()|\n]){3,80})"
)
_ENGLISH_KIND = (
    r"(?:office|department|unit|division|bureau|committee|commission|section|desk|directorate|authority|agency"
    r"|board|registry"
    r"|secretariat|cent(?:er|re)|branch|team|service|council|ministry|inspectorate)"
)
_ENGLISH_UNIT = re.compile(
    rf"(?:(?P<before>by|from|at|in|to|with|visit|contact)\s+)?(?:the|our|your|each|a|an)\s(?P<unit>(?:(?!(?:the"
    rf"|to|and then|is|are|will|of the)\b)[\w&'’-]+\s){{0,5}}{_ENGLISH_KIND}"
    rf"(?:\s(?:of|for)\s(?:(?!(?:will|is|are|within|checks?|reviews?|and then)\b)[\w&'’-]+\s?){{1,5}})?)(?!\w)"
)
_ENGLISH_STAFF = re.compile(
    r"\bby (?:the |an? )(?P<unit>(?:[\w&'’-]+\s){0,3}(?:officer|inspector|examiner|clerk|specialist|caseworker"
    r"|registrar|director|manager|reviewer)s?)(?!\w)"
)
_NOT_DOER = re.compile(r"مراجعه|visit|\bto\b|contact|with", re.IGNORECASE)


def duration_in(text: str) -> str:
    """The first length of time that the text states, in its own words; empty where there is none."""
    norm = normalise(text)
    match = _DURATION.search(norm.text)
    return norm.quote(match.start(), match.end()).strip() if match else ""


def unit_in(text: str) -> str:
    """The office or official whom the text makes responsible, in its own words; empty where there is none.

    An office that a person is only sent to visit is not responsible for the step.
    """
    norm = normalise(text)
    for pattern in (_LABELLED, _PERSIAN_UNIT, _ENGLISH_UNIT, _ENGLISH_STAFF):
        for match in pattern.finditer(norm.text):
            groups = match.groupdict()
            if groups.get("before") and _NOT_DOER.search(groups["before"]):
                continue
            unit = norm.quote(match.start("unit"), match.end("unit")).strip(" :،.-–")
            if len(unit) > 2:
                return unit
    return ""
