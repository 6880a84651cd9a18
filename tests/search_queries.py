"""What readers type, and the address that has to come first: on the project's content, and on that amid 5,000 other articles."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """`first`: path of the first result. `large`: whether it has to be first amid 5,000 articles of the same words, too."""

    text: str
    first: str
    large: bool = True


def nfd(text: str) -> str:
    """As macOS hands over what is typed or pasted."""
    return unicodedata.normalize("NFD", text)


D35, C05, N42, K37 = "van-ban/35-nq-tw-2018/", "van-ban/05-ct-tw-2016/", "van-ban/42-nd-cp-2022/", "van-ban/37-qd-tw-2021/"
DE_AN, HOA_BINH = "van-ban/13-da-tu-hoa-binh-2022/", "bai-viet/2023/hoa-binh-de-an-13/"
DAI_DOAN_KET = "bai-viet/2023/ngay-hoi-dai-doan-ket-my-hoa-hung/"
HOC_VU = "bai-viet/2025/binh-dan-hoc-vu-so/"
CONG_TAC_VIEN = "bai-viet/2023/bao-cao-vien-thang-11/"
MIENG = "bai-viet/2023/17-ct-tw-tuyen-truyen-mieng/"

QUERIES = (
    # Numbers: the document comes before all articles about it.
    Query("nghi quyet 35", D35),
    Query("Nghị quyết 35", D35),
    Query("nghị quyết số 35", D35),
    Query("35-NQ/TW", D35),
    Query("35-nq/tw", D35),
    Query("35 NQ TW", D35),
    Query("35NQTW", D35),
    Query("NQ 35", D35),
    Query("nq35", D35),
    Query("Nghị quyết số 35-NQ/TW, ngày 22/10/2018 của Bộ Chính trị (khóa XII)", D35),
    Query("chi thi 05", C05),
    Query("chỉ thị 5", C05),
    Query("CT 05", C05),
    Query("05-CT/TW", C05),
    Query("chỉ thị 05 năm 1951", "van-ban/05-ct-tw-1951/"),
    Query("nghị định 42/2022", N42),
    Query("nghi dinh 42", N42),
    Query("42/2022/nđ-cp", N42),
    Query("42/2022/ND-CP", N42),
    Query("quy định 37", K37),
    Query("37-qđ/tw", K37),
    Query("37-QD/TW", K37),
    Query("quyết định 217", "van-ban/217-qd-tw-2013/"),
    Query("ket luan 127", "van-ban/127-kl-tw-2025/"),
    Query("luật 126/2025/QH15", "van-ban/126-qh15-2025/"),
    Query("hướng dẫn 36 vptw", "van-ban/36-hd-vptw-2018/"),
    Query("chỉ thị 35", "van-ban/35-ct-tw-2024/"),
    Query("nghị quyết 26 nông dân", "van-ban/26-nq-tw-2008/"),
    Query("nghị quyết trung ương 4 khóa XI", "van-ban/12-nq-tw-2012/"),
    Query("nghi quyet trung uong 4 khoa xii", "van-ban/04-nq-tw-2016/"),
    # Names of documents without a number; what is in force comes first.
    Query("quy định những điều đảng viên không được làm", K37),
    Query("quy dinh nhung dieu dang vien khong duoc lam", K37),
    Query("luật báo chí", "van-ban/126-qh15-2025/"),
    Query("nghị quyết kinh tế tư nhân", "van-ban/68-nq-tw-2025/"),
    Query("hướng dẫn thể thức văn bản của Văn phòng Trung ương Đảng", "van-ban/05-hd-vptw-2026/"),
    # Issuer and number, issuer and subject.
    Query("đề án 13 Hòa Bình", DE_AN),
    Query("kế hoạch 63 Tỉnh ủy Bình Thuận", "van-ban/63-kh-tu-binh-thuan-2022/"),
    Query("chỉ thị Quân ủy Trung ương Bộ đội Cụ Hồ", "van-ban/788-ct-qutw-2013/"),
    # Issues by their month.
    Query("tháng 11/2023", "ban-tin/2023-11/"),
    Query("bản tin tháng 5 năm 2025", "ban-tin/2025-05/"),
    Query("ban tin so 4", "ban-tin/2023-04/"),
    Query("số 11, tháng 11/2023", "ban-tin/2023-11/"),
    # đ and Đ, with and without.
    Query("đại đoàn kết", DAI_DOAN_KET),
    Query("dai doan ket", DAI_DOAN_KET),
    Query("ĐẠI ĐOÀN KẾT", DAI_DOAN_KET),
    Query("52.500 đại biểu", CONG_TAC_VIEN),
    Query("52.500 dai bieu", CONG_TAC_VIEN),
    Query("điểm cầu trực tuyến Bắc Kạn", "bai-viet/2025/bac-kan-diem-cau-truc-tuyen/"),
    # No diacritics, upper case, decomposed.
    Query("binh dan hoc vu so", HOC_VU),
    Query("Bình dân học vụ số", HOC_VU),
    Query("BÌNH DÂN HỌC VỤ SỐ", HOC_VU),
    Query(nfd("Bình dân học vụ số"), HOC_VU),
    Query(nfd("Nghị định 42"), N42),
    Query(nfd("đại đoàn kết ở xã Mỹ Hòa Hưng"), DAI_DOAN_KET),
    Query("tuyên truyền miệng", MIENG),
    Query("tuyen truyen mieng", MIENG),
    Query("TUYÊN TRUYỀN MIỆNG", MIENG),
    Query("ba ngày đáng nhớ", "bai-viet/2023/thang-tu-ngay-ky-niem/"),
    # The tone in its old and in its new place.
    Query("đề án của Hòa Bình", DE_AN),
    Query("đề án của Hoà Bình", DE_AN),
    Query("cấp ủy chi bộ Hòa Bình", HOA_BINH),
    Query("cấp uỷ chi bộ Hoà Bình", HOA_BINH),
    Query(nfd("cấp uỷ chi bộ Hoà Bình"), HOA_BINH),
    Query("CẤP UỶ CHI BỘ HOÀ BÌNH", HOA_BINH),
    Query("xã Mỹ Hoà Hưng", DAI_DOAN_KET),
    Query("đề án 13 Hoà Bình", DE_AN),
    # Names of places.
    Query("Tiền Giang", "bai-viet/2023/tien-giang-dua-nghi-quyet-ve-co-so/"),
    Query("tien giang", "bai-viet/2023/tien-giang-dua-nghi-quyet-ve-co-so/"),
    Query("Mỹ Hòa Hưng", DAI_DOAN_KET),
    Query("Đảng bộ Khối của Tuyên Quang", "bai-viet/2023/tuyen-quang-tuyen-giao-khoi-2021/"),
    Query("dư luận xã hội ở cơ sở", "bai-viet/2023/ket-luan-100-du-luan-xa-hoi/"),
)
