/** "Nghị quyết  Đảng" → "nghi quyet dang": lower case, no tones, đ as d, single spaces. As `fold` in bantin/vietnamese.py. */
export const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d").replace(/\s+/g, " ").trim();
