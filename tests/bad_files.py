"""Bad input, generated: every key and rule broken in several ways, and files that are no text, too much, or in disguise."""

from __future__ import annotations

from collections.abc import Iterator

from conftest import DOCUMENT, article

Made = tuple[str, bytes, str]  # path, bytes, a code that has to be among those found

ARTICLE_PLACES = {"Date": "DB03", "Modified": "DB03", "Embargo": "DB03", "Status": "DB04", "Audience": "DB04", "Featured": "DB04", "Bulletin": "DB03", "Slug": "DC02", "Image": "HA01", "Resolutions": "VB", "Column": "BT02", "Correction": "DB09"}  # fmt: skip
DAYS = ["hôm nay", "31/02/2024", "2024-13-01", "2024-00-10", "0000-01-01", "99999-01-01", "2024-01-01 25:00", "2024-01-01 07:60", "1/2/3", "−2024-01-01", "２０２４-01-01x", "2024-01-01 +99:99", "NaN", "1e9"]  # fmt: skip
WORDS = ["", "?", "nháp", "PUBLIC!", "{{ x }}", "\u0430bc", "<b>", "true false", "0", "không rõ", "x" * 9000]
DEEP = {
    "brackets": "[" * 60_000, "pictures": "![" * 40_000, "links": "[a](" * 40_000, "quotes": ">" * 9_000, "quoted lines": "\n".join(">" * n + " a" for n in range(300)),
    "lists": "\n".join("    " * n + "- a" for n in range(200)), "stars": "**a" * 100_000, "underscores": "_a" * 60_000, "div": "<div>" * 60_000, "ends": "</div>" * 60_000,
    "bold": "<b>" * 60_000, "tables": "<table><tr><td>" * 20_000, "svg": "<svg>" * 60_000, "tags": "<a " * 60_000, "comments": "<!--" * 60_000, "cdata": "<![CDATA[" * 30_000,
    "notes": "[^a]" * 60_000 + "\n\n[^a]: b", "short forms": "\n".join(f"*[A{n}]: x" for n in range(9_000)), "lines": "- a\n" * 100_000, "definitions": "a\n: b\n\n" * 60_000,
    "addresses": "<http://" * 60_000, "emphasis": "*a _b " * 300 + "*" * 60_000 + "[" * 9_000, "nested quotes and lists": "> - " * 3_000,
}  # fmt: skip
FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "DB02"), "blank": (b"\n \n\t\n", "DB02"), "nul": (b"\x00" * 4096, "TP03"), "binary": (bytes(range(256)) * 64, "TP02"), "png": (b"\x89PNG\r\n\x1a\n" + bytes(99), "TP02"),
    "elf": (b"\x7fELF\x02\x01\x01" + bytes(99), "TP03"), "pdf": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "TP02"), "utf-16": (article().encode("utf-16"), "TP02"), "utf-16 bare": (article().encode("utf-16-le"), "TP0"),
    "utf-32": (article().encode("utf-32"), "TP02"), "cp1258": (article("Tru\xecng h\xf4").encode("cp1258", "replace"), "TP02"), "latin-1": ("Title: caf\xe9 \xe0\n".encode("latin-1"), "TP02"),
    "overlong": (b"Title: \xc0\xaf\n", "TP02"), "surrogate": (b"Title: \xed\xa0\x80\n", "TP02"), "above Unicode": (b"Title: \xf4\x90\x80\x80\n", "TP02"), "cut": ("Title: Tổ".encode()[:-1], "TP02"),
    "two BOMs": (b"\xef\xbb\xbf\xef\xbb\xbfTitle: a\n", "DB0"), "escape": (article("\x1b[2Jx").encode(), "TP03"), "50 MB": (b"a" * 50_000_000, "TP08"), "one long line": (b"Title: " + b"a" * 500_000, "DB11"),
    "long header": (b"".join(b"K%d: x\n" % n for n in range(20_000)), "DB01"), "long key": (b"a" * 400_000 + b": x\n", "DB01"), "spaces": (b"a" + b" " * 500_000 + b"x\n", "DB06"),
    "micro": (("µ" * 250_000).encode(), "DB06"), "vni": (article("Nghò quyeát cuûa Ñaûng").encode(), "TP06"), "tcvn3": (article("§¶ng bé, chi bé; c«ng t¸c x©y dùng §¶ng, ®ång chÝ¸®").encode(), "TP06"),
    "mojibake": (article("Nghá»‹ quyáº¿t").encode(), "TP06"), "replacement": (article("ch\ufffd").encode(), "TP06"), "yaml open": (b"---\ntitle: a\n", "DB07"), "yaml deep": (b"---\na: " + b"[" * 9_000 + b"\n---\n", "DB07"),
    "yaml maps": (b"---\n" + b"? " * 5_000 + b"\n---\n", "DB07"), "yaml bomb": (b"---\na: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n", "DB07"), "yaml self": (b"---\na: &a [*a]\n---\n", "DB07"),
    "yaml object": (b"---\ntitle: !!python/object/apply:os.system [x]\n---\n", "DB02"), "yaml list": (b"---\n- a\n---\n", "DB0"), "yaml tab": (b"---\n\ta: b\n---\n", "DB07"), "yaml long": (b"---\na: " + b"x " * 20_000 + b"\n---\n", "DB11"),
    "yaml twice": (b"---\ntitle: a\ntitle: b\n---\n", "DB05"), "no colon": (b"Title\nDate\n", "DB06"), "html": (b"<!DOCTYPE html><p>x</p>", "DB06"), "markdown only": (b"# x\n\ny\n", "DB06"),
    "fences": (b"```\nTitle: a\n```\n", "DB06"), "colons": (b":" * 9_000, "DB06"), "equals": (b"=" * 9_000, "DB06"),
}  # fmt: skip
TABLES = {
    "empty": b"", "no toml": b"x y z", "binary": bytes(range(256)), "utf-16": "a = 1".encode("utf-16"), "deep": b"a = " + b"[" * 50_000, "tables": b"[a]\n" * 2, "number": b"a = " + b"9" * 6_000,
    "wrong kind": b'name = ["a"]\n', "wrong rows": b'[[khoa]]\nterm = 5\n', "unknown": b"[[la]]\nx = 1\n", "date": b"a = 2024-13-45\n", "dotted": b"a." * 20_000 + b"b = 1", "50 MB": b"#" * 50_000_000, "nul": b"\x00",
}  # fmt: skip
REPEATED = [  # for each regular expression of the house something that it would go over again and again
    "35-", "35-NQ/", "1/", "a ", "Nghị quyết ", "Nghị quyết số ", "ngày 1/", "ngày 1 tháng ", "khóa X, ", "(", "35-NQ/TW, ", "35-NQ/TW và ", "Hội nghị lần thứ ", "Đại hội ", "[", "`", "`a``b", "~~~", "    ", "\t", "://", "http://",
    "<", "<a", "&#", "&amp", "\\", "|", "|-", "{", "{:", "{%", "*", "_", "µ¹", "®", "Ã", "\u00a0", "\u200b", "Trung ương ", "của ", "về việc ", "Điều 1, khoản ", "5 - ", "- ", "0", "/", "số: ", "NQ", "QĐ-", "Đ", "1.", "1)", "#", "=", "\u0301",
]  # fmt: skip


def headers() -> Iterator[Made]:
    """Every key of an article with values that are none; other kinds of files without what they need."""
    for key, code in ARTICLE_PLACES.items():
        for n, value in enumerate([*DAYS, *WORDS]):
            if (
                not value
                or (key == "Bulletin" and value == "none")
                or (key in ("Column", "Image", "Resolutions", "Correction") and n % 5)
                or (key == "Slug" and value == "0")
                or (key == "Slug" and value == "nan")
            ):
                continue
            if code in ("DB03", "DB09") or value in WORDS:
                yield (
                    f"bai-viet/{key.lower().replace('_', '-')}-{n}.md",
                    article(**({key: value, "Image_alt": "x"} if key == "Image" else {key: value})).encode(),
                    code,
                )
    for n, key in enumerate(["Titel", "date ", "Độ ưu tiên", "x.y", "Tags2", "Image alt text"]):
        yield f"bai-viet/khoa-{n}.md", article(**{key: "x"}).encode(), "DB0"
    for key in ("Title", "Number", "Kind", "Issuer"):
        lines = [line for line in DOCUMENT.split("\n") if not line.startswith(key)]
        yield f"van-ban/thieu-{key.lower()}.md", "\n".join(lines).encode(), "DB02"
    for n, (key, value, code) in enumerate([("Number", "abc", "VB03"), ("Number", "1" * 5000, "VB03"), ("Kind", "Thơ", "DB04"), ("Issuer", "x" * 5000, "DB04"), ("Term", "MMXX", "DB04"), ("Issued", "mai", "DB03"), ("Effective", "32/1/2020", "DB03"), ("Link", "javascript:1", "LK03"), ("Attachment", "../../x", "LK01")]):  # fmt: skip
        lines = [f"{key}: {value}" if line.startswith(key) else line for line in DOCUMENT.split("\n")]
        yield (
            f"van-ban/sai-{n}.md",
            "\n".join(lines if f"{key}: {value}" in lines else [f"{key}: {value}", *lines]).encode(),
            code,
        )
    for n, (key, value, code) in enumerate([("Number", "không", "DB10"), ("Number", "0", "DB10"), ("Number", "-1", "DB10"), ("Number", "９９", "DB10"), ("Month", "2023-13", "DB03"), ("Month", "11/2023", "DB03"), ("Month", "２０２３-11", "DB03"), ("Licensed", "x", "DB03"), ("Print_run", "1e3", "DB10"), ("Columns", "Lạ", "BT02")]):  # fmt: skip
        fields = {"Title": "Số", "Number": "1", "Month": "2023-11", key: value}
        yield f"ban-tin/sai-{n}.md", "".join(f"{k}: {v}\n" for k, v in fields.items()).encode(), code
    yield "trang/sai.md", b"Order: x\n", "DB02"
    yield "tac-gia/sai.md", b"Kind: x\n", "DB02"


def broken() -> Iterator[Made]:
    """Files that are no text, in each folder in turns; texts that hold the reader for long."""
    folders = ("bai-viet", "noi-bo", "van-ban", "ban-tin", "trang", "tac-gia")
    for n, (name, (data, code)) in enumerate(FILES.items()):
        yield (
            f"{folders[n % 6 if len(data) < 1_000_000 and code.startswith('TP') else 0]}/tep-{n}-{name.replace(' ', '-')}.md",
            data,
            code,
        )
    for n, (name, text) in enumerate(DEEP.items()):
        yield (
            f"bai-viet/sau-{n}-{name.replace(' ', '-')}.md",
            article(text[:500_000]).encode(),
            "" if name == "underscores" else "TP07",
        )
    for n, (name, data) in enumerate(TABLES.items()):
        yield f"danh-muc/{('cot-muc', 'khoa', 'noi-nhan')[n % 3]}.toml#{name}", data, ""


def repeated(length: int) -> Iterator[Made]:
    """For each piece an article that consists of it, and one that has it in its header. length: characters."""
    for n, piece in enumerate(REPEATED):
        yield f"bai-viet/lap-{n}.md", article(piece * (length // len(piece)) + "x").encode(), ""
        yield (
            f"bai-viet/lap-dau-{n}.md",
            article(
                Summary=piece * (9_000 // len(piece)) + "x", Resolutions=piece * (9_000 // len(piece)), Correction=piece * 900
            ).encode(),
            "",
        )


NAMES = ["bai-viet/Tiếng Việt.md", "bai-viet/co cach.md", "bai-viet/con.md", "bai-viet/a:b.md", "bai-viet/a\\b.md", "bai-viet/%2e%2e.md", "bai-viet/" + "d" * 180 + ".md", "la/a.md", "a.md", "bai-viet/a.txt", "tep/x y.pdf", "anh/ả.png", "trang/-x.md"]  # fmt: skip
