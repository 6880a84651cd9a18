"""A small content folder that never changes, with every part of the theme in it, for the golden pictures of pages."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

from conftest import CATALOGUES, ROOT, article
from PIL import Image, ImageDraw

MEASURES = """Đợt học tập năm nay mở ở **37.000 điểm cầu**, theo Nghị quyết số 35-NQ/TW, ngày 22/10/2018 của Bộ Chính trị[^1].

## Ba việc của chi bộ

Chi bộ chọn nội dung, phân công người chuẩn bị và ghi lại ý kiến. Việc chuẩn bị bắt đầu từ câu hỏi mà đảng viên nêu trong kỳ họp trước, không phải từ bản in sẵn. Báo cáo viên đọc văn bản gốc, đánh dấu chỗ khó và tìm ví dụ ở ngay địa phương mình.

- Đọc văn bản trước kỳ họp một tuần.
- Nêu ít nhất hai câu hỏi cho phần thảo luận.

> Nói ngắn, nói đúng, nói điều người nghe cần.

## Số liệu từng huyện

| Nơi học | Số điểm cầu | Đảng viên | Ghi chú về cách làm |
|:--|--:|--:|:--|
| Na Rì | 17 | 2.104 | Nối từ huyện đến mọi xã, có người trực kỹ thuật |
| Pác Nặm | 10 | 1.468 | Hai xã vùng cao xem lại bản ghi |

![Biểu đồ ba cột](cot.png "Số điểm cầu qua ba năm")

## Sau đợt học

Thực hiện Kế hoạch số 10-KH/TU, ngày 05/12/2018 của Tỉnh ủy, mỗi chi bộ gửi báo cáo một trang trong vòng mười ngày.

[^1]: Số điểm cầu tính đến hết tháng 11/2023.
"""

DOCUMENTS = {
    "35-nq-tw": ("về tăng cường bảo vệ nền tảng tư tưởng của Đảng", "35-NQ/TW", "Nghị quyết", "Bộ Chính trị", "XII", "2018-10-22", ""),
    "10-kh-tu": ("thực hiện Nghị quyết số 35-NQ/TW", "10-KH/TU", "Kế hoạch", "Tỉnh ủy Bắc Kạn", "XI", "2018-12-05", "Implements: 35-NQ/TW"),
    "37-qd-tw": ("về những điều đảng viên không được làm", "37-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương", "XIII", "2021-10-25", "Replaces: 47-QĐ/TW"),
    "47-qd-tw": ("về những điều đảng viên không được làm", "47-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương", "XI", "2011-11-01", ""),
}  # fmt: skip

ARTICLES = (
    ("hoc-tap", "Học tập Nghị quyết 35-NQ/TW: hơn 1,5 triệu đảng viên ở 37.000 điểm cầu", "Xây dựng Đảng", "28", "cau"),
    ("quy-dinh", "Quy định 37-QĐ/TW thay Quy định 47-QĐ/TW: dẫn văn bản nào là đúng", "Văn bản và chính sách", "24", ""),
    ("bao-cao-vien", "Hội nghị báo cáo viên tháng 11: việc cần nói trước, việc nên nói sau", "Tuyên truyền", "22", "cot"),
    ("diem-cau", "Na Rì nối điểm cầu đến mọi xã", "Từ cơ sở", "20", "cau"),
    ("chi-bo", "Chuẩn bị một kỳ họp chi bộ: việc trước, trong và sau", "Xây dựng Đảng", "17", ""),
    ("ky-niem", "Tháng Mười một có những ngày kỷ niệm nào", "Lịch sử và kỷ niệm", "14", "cot"),
    ("neu-guong", "Nêu gương theo Bác: từ văn bản đến việc làm", "Học tập và làm theo Bác", "10", ""),
    ("du-luan", "Nắm dư luận xã hội ở cơ sở", "Tuyên truyền", "08", ""),
)
LEAD = "Số liệu của ngành cho thấy cách học trực tuyến đã thành nếp; bài viết ghi lại ba việc mà chi bộ nào cũng làm được."


def make(root: Path) -> Path:
    """Write the folder. root: does not exist yet."""
    shutil.copytree(CATALOGUES, root / "danh-muc")
    for path, data in _files():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return root


def _files() -> Iterator[tuple[str, str | bytes]]:
    for slug, (title, number, kind, issuer, term, issued, relation) in DOCUMENTS.items():
        lines = [
            f"Title: {title}",
            f"Number: {number}",
            f"Kind: {kind}",
            f"Issuer: {issuer}",
            f"Term: {term}",
            f"Issued: {issued}",
            relation,
        ]
        yield f"van-ban/{slug}.md", "\n".join(filter(None, lines)) + "\n\nVăn bản dùng cho ảnh mẫu của các trang.\n"
    for place, (slug, title, section, day, image) in enumerate(ARTICLES):
        header = {
            "Title": title,
            "Date": f"2023-11-{day} 07:30",
            "Category": section,
            "Authors": "BTG",
            "Tags": "học tập, cơ sở",
            "Summary": LEAD,
        }
        header |= {
            "Column": "Xây dựng Đảng",
            "Image": f"{image}.png" if image else "",
            "Image_alt": "Hình vẽ" if image else "",
            "Resolutions": "37-QĐ/TW",
        }
        text = "Quy định số 37-QĐ/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương được nhắc lại ở nhiều chi bộ."
        if not place:
            header |= {
                "Featured": "yes",
                "Image_caption": "Điểm cầu của tỉnh",
                "Resolutions": "35-NQ/TW; 10-KH/TU",
                "Source": "Báo Nhân Dân, https://nhandan.vn/",
            }
            header |= {"Correction": "2023-11-30: 35.000 điểm cầu → 37.000 điểm cầu"}
            text = MEASURES
        yield f"bai-viet/2023/{slug}.md", article(text, **header)
    yield (
        "ban-tin/2023-11.md",
        "Title: Thông báo nội bộ\nNumber: 11\nMonth: 2023-11\nColumns: Xây dựng Đảng\n\nSố tháng 11 nói về việc học tập nghị quyết.\n",
    )
    yield "anh/dau-hieu.png", (ROOT / "content" / "anh" / "dau-hieu.png").read_bytes()
    yield "anh/cau.png", _drawing("#b7c7d6", (("#a3161a", (80, 60, 520, 300)), ("#1c1a18", (600, 200, 1100, 540))))
    yield (
        "anh/cot.png",
        _drawing(
            "#efe6d8", (("#5b7392", (150, 260, 350, 560)), ("#5b7392", (500, 180, 700, 560)), ("#a3161a", (850, 60, 1050, 560)))
        ),
    )


def _drawing(ground: str, boxes: tuple[tuple[str, tuple[int, int, int, int]], ...]) -> bytes:
    """A PNG of plain boxes, which every codec draws alike; twice as wide as high, which no size of it rounds."""
    drawn = Image.new("RGB", (1200, 600), ground)
    for colour, box in boxes:
        ImageDraw.Draw(drawn).rectangle(box, fill=colour)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()
