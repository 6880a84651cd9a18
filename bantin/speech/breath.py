"""A paragraph as lines, each one breath: broken where a reader pauses, never inside a number or a date."""

from __future__ import annotations

from itertools import accumulate

from bantin.speech.numerals import WORDS

LONGEST = 22  # words, that is syllables, of a line
SYLLABLES_A_MINUTE = 150

# What a break costs, by what stands before and after it. Far apart, so that a worse place is never taken for evenness' sake.
STOP, CLAUSE, COLON, COMMA, JOINT, WEAK, ANYWHERE, DANGLING, NAME, NUMBER = 0, 4, 6, 8, 20, 32, 80, 120, 160, 2_000
LINE, LONE, RUN_ON = 6, 20_000, 60  # a line; of one word; a sentence that ends inside a line
SHORT = ((4, 14), (6, 5))  # a line of fewer words than that

# Words before which a reader may draw breath: the first strong, the second only where there is nothing better.
JOINTS = frozenset("và hoặc hay nhưng để nhằm với theo do tại từ vì nếu khi trong mà thì còn nên rồi đồng gồm".split())
LOOSE = frozenset(
    "của cho về đến ở bằng là được bị đã sẽ đang có như qua trên dưới giữa sau trước không cũng phải các những một cùng sáng chiều".split()
)
# Two words that are one, or a word that goes with what follows: no breath between them.
BOUND = frozenset(
    "tự do|lý do|đối với|kể từ|tính từ|mỗi khi|đôi khi|ngay khi|bên trong|chưa có|tức là|thay cho|thay vì|so với|gắn với|hợp với|"
    "gọi là|coi là|nhất là|hơn là|cần được|hầu như|gần như|đi cùng|nhìn về|nói về|biết được|làm được|nghe được|thấy được|học theo|làm theo|"
    "đồng thời|việc đã|dẫn đến|nhắc đến|chưa được|thông qua|trải qua|vượt qua|bởi vì|bởi do|ai cũng|tập và|chưa phải".split("|")
)  # fmt: skip
_STARTS = tuple(
    "theo dõi|đồng chí|đồng bào|đồng nghiệp|đồng loạt|từ điển|của cải|trong nước|không khí|không gian|để ý|còn lại|có thể|gồm có".split("|")
)  # fmt: skip
_BEFORE_NUMBER = frozenset(
    "ngày mùng tháng năm số thứ khóa lần quý điều hơn gần khoảng trên dưới đến kỳ phần hạng chương âm".split()
)
_AFTER_NUMBER = frozenset("tháng phần giờ phút giây ki mét héc xăng mi độ đồng người cuốn điểm ngày tuần lần lượt".split())


def lines(text: str) -> list[str]:
    """A paragraph as said (`rules.spoken`) in breaths: the same words in the same order, at most `LONGEST` to a line."""
    words = text.split()
    count = len(words)
    costs = [0, *(_cost(words, at) for at in range(1, count)), 0]
    stops = list(accumulate((cost == STOP for cost in costs[1:-1]), initial=0))  # sentences that ended, by words so far
    best: list[tuple[int, int]] = [(0, 0)]  # by end: the cost of all up to there, and where its last line starts
    for end in range(1, count + 1):
        best.append(
            min(
                (best[start][0] + _line(end - start, stops[end - 1] - stops[start]) + costs[end], start)
                for start in range(max(0, end - LONGEST), end)
            )
        )
    found: list[str] = []
    end = count
    while end:
        found.append(" ".join(words[best[end][1] : end]))
        end = best[end][1]
    return found[::-1]


def syllables(text: str) -> int:
    """Syllables of a text as said."""
    return len(text.split())


def minutes(count: int) -> float:
    """How long so many syllables take to read."""
    return count / SYLLABLES_A_MINUTE


def duration(count: int) -> str:
    """`khoảng 3 phút 20 giây`, to ten seconds; from an hour on `khoảng 1 giờ 5 phút`."""
    seconds = max(10, round(minutes(count) * 6) * 10)
    whole, rest = divmod(seconds, 60)
    hours, whole = divmod(whole, 60)
    parts = ((hours, "giờ"), (whole, "phút"), (0 if hours else rest, "giây"))
    return "khoảng " + " ".join(f"{number} {name}" for number, name in parts if number)


def _line(length: int, stops: int) -> int:
    """The cost of a line of so many words in which so many sentences end before its own end."""
    short = LONE if length == 1 else next((cost for limit, cost in SHORT if length < limit), 0)
    return LINE + short + RUN_ON * stops


def _cost(words: list[str], at: int) -> int:
    """The cost of a break before the word at that place."""
    last, following = words[at - 1], words[at]
    if last[-1] in ".!?":
        return STOP
    if last[-1] in ";:,":
        return {";": CLAUSE, ":": COLON, ",": COMMA}[last[-1]]
    before, after = last.casefold(), following.strip(",;:.!?").casefold()
    if _in_number(before, after):
        return NUMBER
    loose = JOINT if after in JOINTS else WEAK if after in LOOSE else 0
    if last[:1].isupper() and at > 1 and (not loose or following[:1].isupper()):
        return NAME  # "Hồ Chí | Minh", "Hội | đồng"
    if before in JOINTS or before in LOOSE:
        return DANGLING
    together = f"{before} {after}" in BOUND or " ".join(words[at : at + 2]).casefold().startswith(_STARTS)
    return loose if loose and not together else ANYWHERE


def _in_number(before: str, after: str) -> bool:
    """Whether both words are of one number, date or measure."""
    number_before, number_after = before in WORDS, after in WORDS
    return number_before and (number_after or after in _AFTER_NUMBER) or number_after and before in _BEFORE_NUMBER
