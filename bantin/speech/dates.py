"""Days, months, years and hours as they are said. Every rule takes and gives a text in one form (`citations.clean`)."""

from __future__ import annotations

import re

from bantin.speech.numerals import cardinal, whole

YEAR = r"(?:1\d|20)\d\d"
_START, _END = r"(?<![\w/.,+-])", r"(?![\d/%]|[.,-]\d| ?%)"
_SAID = r"(?P<said>[Nn]gày )?"
_FULL = re.compile(rf"{_SAID}{_START}(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>{YEAR}){_END}")
_SHORT = re.compile(rf"{_SAID}{_START}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}}){_END}")
_DASHED = re.compile(rf"(?P<said>[Nn]gày ){_START}(?P<day>\d{{1,2}})-(?P<month>\d{{1,2}}){_END}")  # ngày 30-4
# "ngày 01 tháng 5 năm 1886", and "ngày 6" before another day: "ngày 6 và 7/5", "ngày 01 đến ngày 03/12".
_DAY_ALONE = re.compile(
    r"(?P<said>[Nn]gày )(?P<day>\d{1,2})"
    r"(?= tháng| ?(?:,|-|và|đến|đến hết)(?: ngày)? ?\d{1,2}(?: tháng|[/-]\d)| và (?:ngày )?\d{1,2}[/-]\d)"
)
# "16-18/11", "16, 17/11", "6 và 7/5": days that share a month. A dash may join two months too: "28/3 - 02/4".
_JOINED = re.compile(
    rf"{_SAID}{_START}(?P<first>\d{{1,2}})(?P<joint> ?- ?|, ?| và )(?P<rest>\d{{1,2}}/\d{{1,2}}(?:/{YEAR})?){_END}"
)
_BETWEEN = re.compile(rf"(?P<from>\d{{1,2}}/\d{{1,2}}(?:/{YEAR})?) ?- ?(?P<to>(?:ngày )?\d{{1,2}}/\d{{1,2}}(?:/{YEAR})?{_END})")
_MONTHS = re.compile(rf"(?P<said>[Tt]háng )(?P<first>\d{{1,2}})(?P<joint> ?- ?|, ?| và )(?P<rest>\d{{1,2}}/{YEAR}){_END}")
_MONTH_YEAR = re.compile(rf"(?:(?P<said>[Tt]háng )(?P<month>\d{{1,2}})[/-]|{_START}(?P<bare>\d{{1,2}})/)(?P<year>{YEAR}){_END}")
_INITIAL = re.compile(rf"(?<!\w)T(?=\d{{1,2}}/{YEAR}{_END})")  # T11/2023
_MONTH = re.compile(r"(?P<said>[Tt]háng )(?P<month>0?[1-9]|1[0-2])(?![\d/%]|[.,]\d)")
# No month: "quý 1/2023", "số 5/2023".
_OF_YEAR = re.compile(
    rf"(?P<what>\b(?:quý|kỳ|số|đợt|khóa|tuần|phiên) (?:\d{{1,2}}|[IVX]{{1,4}}))[/-](?P<year>{YEAR})(?!\d)", re.IGNORECASE
)
_DOUBLE_YEAR = re.compile(rf"(?<![\w/.,])(?P<from>{YEAR})/(?P<to>{YEAR})(?![\w/])")  # năm học 2022/2023
_SPAN = re.compile(rf"(?<![\w/.,-])(?P<from>{YEAR}) ?- ?(?P<to>{YEAR}|nay)(?![\w/-]|[.,]\d)")

_WHEN = re.compile(
    r"(?:^|\W)(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|từ|đến|tới|trước|sau|dịp|lễ|tết|thứ \w+|chủ nhật|rạng sáng),? ?$", re.IGNORECASE
)
# What is counted: "9/9 ấp" are nine of nine. "2/3 số đảng viên" are two thirds.
_COUNTED = re.compile(
    r" (?:xã|phường|thị trấn|đặc khu|huyện|quận|tỉnh|thành phố|chi|đảng bộ|đảng viên|đại biểu|đồng chí|người|hộ|thôn|bản|ấp|buôn|tổ|khu|trường|"
    r"lớp|học sinh|cơ quan|đơn vị|ủy viên|thành viên|cấp ủy|phiếu|chỉ tiêu|tiêu chí|nội dung|nhiệm vụ|câu|điểm|bài|cuộc|buổi|dự án|"
    r"doanh nghiệp|hợp tác xã|văn bản|giờ)(?!\w)"
)
_PART_OF = re.compile(r" (?:số|tổng|diện tích|dân số|quân số|thời gian|chiều dài|quãng|tổng số)(?!\w)")

_CLOCK = r"\d{1,2}(?:[hg]\d{2}|h(?!\w)|:\d{2}(?::\d{2})?(?!\d))"
_CLOCKS = re.compile(rf"(?<![\w/.,:])(?P<from>{_CLOCK}) ?- ?(?P<to>{_CLOCK})")
_TIME = re.compile(
    r"(?<![\w/.,:])(?:(?P<hour>\d{1,2})(?:[hg](?P<minute>\d{2})|h|:(?P<colon>\d{2})(?::(?P<second>\d{2}))?)|(?P<words>\d{1,2}) giờ (?P<zero>00))"
    r"(?!\w|:\d)(?P<said> phút|')?"
)


def days(text: str) -> str:
    """`22/10/2018`, `03-02-1930`, `ngày 19/5`, `16-18/11/2023` → `ngày mười sáu đến ngày mười tám tháng mười một năm …`."""
    text = _BETWEEN.sub(r"\g<from> đến \g<to>", text)
    text = _JOINED.sub(_joined, text)
    text = _DAY_ALONE.sub(_day_alone, text)
    return _DASHED.sub(_short, _SHORT.sub(_short, _FULL.sub(_full, text)))


def quarters(text: str) -> str:
    """`quý I/2023`, `số 5/2023` → `… năm 2023`, before a rule takes them for months."""
    return _OF_YEAR.sub(lambda m: f"{m['what']} năm {m['year']}", text)


def months(text: str) -> str:
    """`tháng 5/2023`, `02/2025`, `tháng 4` → `tháng tư`."""
    text = _INITIAL.sub("tháng ", text)
    text = _MONTHS.sub(lambda m: f"{m['said']}{m['first']}{_joint(m['joint'])} tháng {m['rest']}", text)
    text = _MONTH_YEAR.sub(_month_year, text)
    return _MONTH.sub(lambda m: m["said"] + month(int(m["month"])), text)


def years(text: str) -> str:
    """`2021-2025`, `2021 – 2025` → `… đến …`; `2003-nay`; a school year `2022/2023`."""
    text = _DOUBLE_YEAR.sub(
        lambda m: f"{whole(m['from'])} đến {whole(m['to'])}" if int(m["to"]) - int(m["from"]) == 1 else m[0], text
    )
    return _SPAN.sub(lambda m: f"{whole(m['from'])} đến {m['to'] if m['to'] == 'nay' else whole(m['to'])}", text)


def hours(text: str) -> str:
    """`7h30`, `07:30`, `7 giờ 00`, `7h30-9h`; a minute of zero is not said."""
    return _TIME.sub(_time, _CLOCKS.sub(r"\g<from> đến \g<to>", text))


def ratios(text: str) -> str:
    """What has a stroke and is no day: `24/7`, `15/16 xã`, `tỷ lệ 3:1` → `… trên …`, `2/3 số đảng viên` → `hai phần ba số …`."""
    text = re.sub(r"(?<=\d):(?=\d)", " ", re.sub(r"(?<=[Tt][ỷỉ] lệ \d):(?=\d)", " trên ", text))
    return re.sub(r"(?<![\w/.,])(\d{1,6})/(\d{1,6})(?![\d/]|[.,]\d)", _ratio, text)


def day(number: int) -> str:
    """A day of the month: the first ten are `mùng`."""
    return f"mùng {cardinal(number)}" if number <= 10 else cardinal(number)


def month(number: int) -> str:
    """A month's name after `tháng`: the fourth is `tư`."""
    return "tư" if number == 4 else cardinal(number)


def is_day(day_number: int, month_number: int) -> bool:
    """Whether there is such a day; 29 February is."""
    longest = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(month_number, 31)
    return 1 <= month_number <= 12 and 1 <= day_number <= longest


def _full(match: re.Match[str]) -> str:
    if not is_day(int(match["day"]), int(match["month"])):
        return match[0]
    return f"{_day_month(match)} năm {whole(match['year'])}"


def _short(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()], match.string[match.end() :]
    written = match["day"], match["month"]
    if not is_day(int(match["day"]), int(match["month"])):
        return match[0]
    if not (match["said"] or _WHEN.search(before) or any(part.startswith("0") for part in written)) and (
        written in (("24", "7"),) or _COUNTED.match(after) or _PART_OF.match(after)
    ):
        return match[0]
    return _day_month(match)


def _day_month(match: re.Match[str]) -> str:
    return f"{match['said'] or 'ngày '}{day(int(match['day']))} tháng {month(int(match['month']))}"


def _day_alone(match: re.Match[str]) -> str:
    number = int(match["day"])
    return match["said"] + (day(number) if 1 <= number <= 31 else match["day"])


def _joined(match: re.Match[str]) -> str:
    first, second = int(match["first"]), int(match["rest"].split("/")[0])
    told = match["said"] or match["joint"].strip() == "-"
    if not (told and 1 <= first < second <= 31):
        return match[0]
    joint = _joint(match["joint"])
    return f"{match['said'] or 'ngày '}{day(first)}{joint} ngày {match['rest']}"


def _joint(written: str) -> str:
    return " đến" if written.strip() == "-" else written.rstrip()


def _month_year(match: re.Match[str]) -> str:
    number = int(match["month"] or match["bare"])
    if not 1 <= number <= 12:
        return match[0]
    return f"{match['said'] or 'tháng '}{month(number)} năm {whole(match['year'])}"


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"] or match["words"]), int(match["minute"] or match["colon"] or match["zero"] or 0)
    if hour > 24 or minute > 59:
        return match[0]
    second = f" {cardinal(int(match['second']))} giây" if int(match["second"] or 0) else ""
    spoken = f"{cardinal(hour)} giờ" + (f" {cardinal(minute)}" if minute else "")
    return spoken + (" phút" if minute and (match["said"] or second) else "") + second


def _ratio(match: re.Match[str]) -> str:
    word = "phần" if _PART_OF.match(match.string, match.end()) and int(match[2]) <= 10 else "trên"
    return f"{whole(match[1])} {word} {whole(match[2])}"
