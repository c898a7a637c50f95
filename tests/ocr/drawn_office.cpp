#include "tests/ocr/drawn_office.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <random>
#include <sstream>

#include "tests/ocr/drawn_page.h"

namespace sohoa::test {
namespace {

using Strings = std::vector<std::string>;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed * 7919U + 17U) {}
  double real(double low, double high) {
    return low + (high - low) * (static_cast<double>(engine_()) / 4294967296.0);
  }
  int whole(int low, int high) { return low + static_cast<int>(real(0, high - low + 0.999)); }
  bool chance(double p) { return real(0, 1) < p; }
  template <class Items>
  const typename Items::value_type& pick(const Items& items) {
    return items[static_cast<std::size_t>(real(0, static_cast<double>(items.size()) - 1e-6))];
  }

 private:
  std::mt19937 engine_;  // its numbers are fixed by the standard
};

struct Agency {
  Strings superior, own;  ///< lines
  std::string symbol, place, authority, title;
};

const std::vector<Agency> kAgencies = {
    {{"UBND TỈNH NGHỆ AN"},
     {"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"},
     "STNMT",
     "Nghệ An",
     "KT. GIÁM ĐỐC",
     "PHÓ GIÁM ĐỐC"},
    {{},
     {"ỦY BAN NHÂN DÂN", "TỈNH QUẢNG TRỊ"},
     "UBND",
     "Quảng Trị",
     "TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH",
     "PHÓ CHỦ TỊCH"},
    {{"UBND HUYỆN THỌ XUÂN"},
     {"PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG"},
     "TNMT",
     "Thọ Xuân",
     "",
     "TRƯỞNG PHÒNG"},
    {{"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"},
     {"VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI"},
     "VPĐKĐĐ",
     "Huế",
     "KT. GIÁM ĐỐC",
     "PHÓ GIÁM ĐỐC"},
    {{"BỘ TÀI NGUYÊN VÀ MÔI TRƯỜNG"},
     {"TỔNG CỤC QUẢN LÝ ĐẤT ĐAI"},
     "TCQLĐĐ",
     "Hà Nội",
     "KT. TỔNG CỤC TRƯỞNG",
     "PHÓ TỔNG CỤC TRƯỞNG"},
    {{},
     {"ỦY BAN NHÂN DÂN", "HUYỆN CẨM XUYÊN"},
     "UBND",
     "Cẩm Xuyên",
     "TM. ỦY BAN NHÂN DÂN",
     "CHỦ TỊCH"},
    {{"UBND THÀNH PHỐ ĐÀ NẴNG"}, {"SỞ XÂY DỰNG"}, "SXD", "Đà Nẵng", "", "GIÁM ĐỐC"},
    {{"UBND TỈNH HÀ TĨNH"},
     {"THANH TRA TỈNH"},
     "TTr",
     "Hà Tĩnh",
     "KT. CHÁNH THANH TRA",
     "PHÓ CHÁNH THANH TRA"},
};

struct Kind {
  std::string name, code;
  Strings abstracts;
};
const std::vector<Kind> kKinds = {
    {"QUYẾT ĐỊNH",
     "QĐ",
     {"Về việc phê duyệt giá đất cụ thể để tính tiền bồi thường",
      "Về việc cho phép chuyển mục đích sử dụng đất của hộ gia đình, cá nhân",
      "V/v thu hồi đất để xây dựng trường mầm non xã Kỳ Phong"}},
    {"THÔNG BÁO",
     "TB",
     {"Về việc niêm yết công khai kết quả kiểm tra hồ sơ đăng ký đất đai",
      "Kết luận của Phó Chủ tịch tại buổi làm việc ngày 12/8/2020"}},
    {"TỜ TRÌNH", "TTr", {"Về việc đề nghị thẩm định phương án bồi thường, hỗ trợ và tái định cư"}},
    {"BÁO CÁO",
     "BC",
     {"Kết quả thực hiện công tác cấp giấy chứng nhận 6 tháng đầu năm 2019",
      "Tình hình khai thác cát, sỏi lòng sông trên địa bàn"}},
    {"KẾ HOẠCH", "KH", {"Thực hiện thống kê đất đai năm 2021 trên địa bàn huyện"}},
    {"GIẤY PHÉP", "GP", {"Khai thác, sử dụng nước dưới đất", "Xả nước thải vào nguồn nước"}},
};

const Strings kSentences = {
    "Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;",
    "Căn cứ Nghị định số 01/2017/NĐ-CP ngày 06 tháng 01 năm 2017 của Chính phủ sửa đổi, bổ sung "
    "một số nghị định quy định chi tiết thi hành Luật Đất đai;",
    "Xét đề nghị của Trưởng phòng Tài nguyên và Môi trường tại Tờ trình số 215/TTr-TNMT ngày 17 "
    "tháng 8 năm 2020,",
    "Diện tích thửa đất là 1.284,5 m², thuộc tờ bản đồ số 27, thửa số 316, mục đích sử dụng: đất "
    "trồng cây lâu năm; thời hạn sử dụng đến ngày 15/10/2043.",
    "Giao Văn phòng Đăng ký đất đai phối hợp với Ủy ban nhân dân xã tổ chức bàn giao mốc giới "
    "ngoài thực địa, chỉnh lý hồ sơ địa chính theo quy định.",
    "Hộ ông Phạm Quốc Tuấn, địa chỉ thường trú tại tổ dân phố 7, phường Nam Lý, đã nộp đủ nghĩa vụ "
    "tài chính với số tiền 45.720.000 đồng theo Thông báo số 1093/TB-CCT.",
    "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Thủ trưởng các cơ quan, đơn vị có "
    "liên quan chịu trách nhiệm thi hành.",
    "Lưu lượng khai thác lớn nhất 120 m³/ngày đêm; chiều sâu giếng 42 m; chế độ khai thác 24 "
    "giờ/ngày.",
    "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị kịp thời phản ánh về Sở để được hướng "
    "dẫn, giải quyết.",
};

const Strings kNames = {"Nguyễn Đình Hải", "Trần Thị Mỹ Duyên",  "Lê Ngọc Khánh",
                        "Phan Văn Thắng",  "Hoàng Thị Thu Thủy", "Võ Quang Nghĩa",
                        "Đỗ Xuân Trường",  "Bùi Hữu Lộc"};
const std::vector<Ink> kSealInks = {
    {0.82, 0.1, 0.15}, {0.9, 0.3, 0.5}, {0.8, 0.15, 0.55}, {0.45, 0.2, 0.7}, {0.15, 0.25, 0.75}};
const std::vector<Ink> kPenInks = {
    {0.1, 0.15, 0.65}, {0.12, 0.12, 0.14}, {0.25, 0.25, 0.3}, {0.15, 0.3, 0.8}, {0.08, 0.1, 0.45}};

void addMore(const char* variable, Strings& fonts) {
  const char* more = std::getenv(variable);
  std::istringstream in(more ? more : "");
  for (std::string font; std::getline(in, font, ',');) fonts.push_back(font);
}

class Draughtsman {
 public:
  Draughtsman(unsigned seed, const OfficeLook& look, const OfficeFonts& fonts)
      : dice_(seed), look_(look), fonts_(fonts), drawn_(595, 842) {
    drawn_.turn(look.skewDegrees);
    drawn_.fade(look.fade);
    face_ = dice_.pick(fonts_.print);
    size_ = dice_.real(12.5, 14);
    page_.made = face_;
  }

  OfficePage draw() {
    const Agency agency = dice_.pick(kAgencies);
    const Kind kind = dice_.pick(kKinds);
    letter_ = dice_.chance(0.2);
    heading(agency, kind);
    title(kind);
    body();
    footer(agency);
    page_.image = drawn_.scanned(look_.dpi, look_.blur, look_.noise, look_.quality, seed());
    return std::move(page_);
  }

 private:
  unsigned seed() { return static_cast<unsigned>(dice_.whole(1, 1 << 20)); }

  std::string font(const char* style, double size) const {
    return fmt::format("{} {} {:.2f}", face_, style, size);
  }

  void note(const std::string& text) {
    std::istringstream in(text);
    for (std::string word; in >> word;) page_.words.push_back(word);
  }

  double centred(double middle, double y, double width, const std::string& style,
                 const std::string& text) {
    note(text);
    return drawn_.text(middle - width / 2, y, width, style, text, Align::centre);
  }

  void heading(const Agency& agency, const Kind& kind) {
    const double left = dice_.real(160, 178), right = dice_.real(400, 418);
    const double top = dice_.real(42, 66);
    double small = size_ - dice_.real(0.5, 1.5);
    // A clerk makes the heading smaller rather than let its columns touch.
    const auto tooWide = [&] {
      double widest = 0;
      for (const std::string& line : agency.superior)
        widest = std::max(widest, drawn_.width(font("", small), line));
      for (const std::string& line : agency.own)
        widest = std::max(widest, drawn_.width(font("Bold", small), line));
      const double national =
          drawn_.width(font("Bold", small), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
      return left + widest / 2 + 10 > right - national / 2;
    };
    while (small > 7 && tooWide()) small -= 0.25;
    double y = top;
    for (const std::string& line : agency.superior)
      y = centred(left, y, 240, font("", small), line);
    for (const std::string& line : agency.own) y = centred(left, y, 240, font("Bold", small), line);
    if (dice_.chance(0.8)) drawn_.line(left - 35, y + 2, left + 35, y + 2);
    double z = centred(right, top, 300, font("Bold", small), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    z = centred(right, z, 260, font("Bold", small + 0.7), "Độc lập - Tự do - Hạnh phúc");
    drawn_.line(right - 82, z + 2, right + 82, z + 2);
    std::string superior, own;
    for (const std::string& line : agency.superior)
      superior += (superior.empty() ? "" : " ") + line;
    for (const std::string& line : agency.own) own += (own.empty() ? "" : " ") + line;
    page_.fields["agency"] = superior + "|" + own;
    const double row = std::max(y, z) + dice_.real(7, 14);
    number(left, row, agency, kind);
    date(right, row + dice_.real(-1, 3), agency.place);
    below_ = row + size_ * 1.4;
    if (letter_) {
      const std::string abstract =
          "V/v " +
          Strings{"lấy ý kiến hồ sơ dự án", "xử lý đơn kiến nghị",
                  "báo cáo kết quả quan trắc"}[static_cast<std::size_t>(dice_.whole(0, 2))];
      below_ = centred(left, below_, 200, font("", small - 0.5), abstract);
      page_.fields["abstract"] = abstract;
    }
  }

  /// Where a slot begins and ends on its line, and what stands in it.
  enum class Slot { printed, pen, dotted, open };
  Slot slot() {
    if (look_.name == "clean" && dice_.chance(0.5)) return Slot::printed;
    const double p = dice_.real(0, 1);
    return p < 0.45 ? Slot::printed : p < 0.85 ? Slot::pen : p < 0.93 ? Slot::dotted : Slot::open;
  }

  void penInto(double x, double width, double base, const std::string& text) {
    if (pen_.empty()) {
      pen_ = dice_.pick(fonts_.pen);
      ink_ = dice_.pick(kPenInks);
      page_.made += fmt::format(" pen {} {:.2f}", pen_, ink_.blue);
    }
    drawn_.pen(x, width, base + dice_.real(-2.5, 1), pen_, size_ * dice_.real(1.15, 1.6), text,
               ink_, seed());
  }

  void number(double middle, double y, const Agency& agency, const Kind& kind) {
    const std::string digits = fmt::format("{}", dice_.whole(1, dice_.chance(0.5) ? 99 : 4999));
    const std::string rest =
        "/" + (letter_ ? agency.symbol + "-" + (dice_.chance(0.5) ? "QLĐĐ" : "VP")
                       : kind.code + "-" + agency.symbol);
    const Slot how = slot();
    page_.made += fmt::format(" number {} {}", static_cast<int>(how), digits);
    const std::string style = font("", size_ - 0.5);
    if (how == Slot::printed) {
      const std::string gap = dice_.chance(0.15) ? " " : "";
      const std::string before = dice_.chance(0.1) ? "" : " ";
      centred(middle, y, 240, style, "Số:" + before + digits + gap + rest);
      page_.fields["number"] = digits + rest;
      return;
    }
    page_.numberByHand = true;
    const double gap = dice_.real(30, 52), head = drawn_.width(style, "Số:"),
                 tail = drawn_.width(style, rest);
    const double x = middle - (head + gap + tail) / 2;
    drawn_.text(x, y, head + 5, style, "Số:");
    drawn_.text(x + head + gap, y, tail + 5, style, rest);
    note("Số:");
    if (how == Slot::dotted) drawn_.text(x + head + 2, y, gap, style, dots(style, gap - 3));
    if (how == Slot::pen) penInto(x + head + 2, gap - 3, y + size_ * 1.05, digits);
  }

  std::string dots(const std::string& style, double room) {
    std::string text;
    while (drawn_.width(style, text + ".") < room) text += ".";
    return text;
  }

  void date(double middle, double y, const std::string& place) {
    const int day = dice_.whole(1, 28), month = dice_.whole(1, 12), year = dice_.whole(2012, 2024);
    const std::string style = font("Italic", size_);
    const Slot how = slot();
    const std::string m =
        month < 3 || dice_.chance(0.3) ? fmt::format("{:02}", month) : fmt::format("{}", month);
    page_.made += fmt::format(" date {} {}", static_cast<int>(how), day);
    if (how == Slot::printed) {
      centred(middle, y, 280, style,
              fmt::format("{}, ngày {:02} tháng {} năm {}", place, day, m, year));
      page_.fields["date"] = fmt::format("{}|{}-{:02}-{:02}", place, year, month, day);
      return;
    }
    page_.dateByHand = true;
    const double gap = dice_.real(17, 26);
    const bool monthToo = dice_.chance(0.4);
    const std::string first = place + ", ngày",
                      second = "tháng" + (monthToo ? "" : " " + m + fmt::format(" năm {}", year)),
                      third = monthToo ? fmt::format("năm {}", year) : "";
    const double a = drawn_.width(style, first), b = drawn_.width(style, second),
                 c = monthToo ? drawn_.width(style, third) : 0;
    double x = middle - (a + gap + b + (monthToo ? gap + c : 0)) / 2;
    const auto put = [&](const std::string& text, double width) {
      drawn_.text(x, y, width + 5, style, text);
      note(text);
      x += width;
    };
    const auto leave = [&](const std::string& digits) {
      if (how == Slot::dotted) drawn_.text(x + 2, y, gap, style, dots(style, gap - 4));
      if (how == Slot::pen) penInto(x + 2, gap - 4, y + size_ * 1.1, digits);
      x += gap;
    };
    put(first, a);
    leave(fmt::format("{:02}", day));
    put(second, b);
    if (!monthToo) return;
    leave(m);
    put(third, c);
  }

  void title(const Kind& kind) {
    double y = below_ + dice_.real(14, 30);
    if (letter_) {
      below_ = centred(297, y, 420, font("", size_),
                       "Kính gửi: Sở Nông nghiệp và Phát triển nông thôn") +
               10;
      return;
    }
    y = centred(310, y, 420, font("Bold", size_ + 1), kind.name);
    const std::string abstract = dice_.pick(kind.abstracts);
    y = centred(310, y + 1, dice_.real(300, 380), font("Bold", size_), abstract);
    page_.fields["type"] = kind.name;
    page_.fields["abstract"] = abstract;
    if (dice_.chance(0.7)) drawn_.line(270, y + 2, 350, y + 2);
    below_ = y + dice_.real(14, 22);
  }

  void body() {
    double y = below_;
    while (y < 520) {
      const std::string text = dice_.pick(kSentences);
      note(text);
      y = drawn_.text(85, y, 460, font("", size_), text) + dice_.real(2, 6);
    }
    below_ = y;
  }

  void footer(const Agency& agency) {
    const double middle = dice_.real(410, 440), y = below_ + dice_.real(8, 20);
    double z = y;
    std::string authority = agency.authority;
    std::string flat;
    std::istringstream lines(authority);
    for (std::string line; std::getline(lines, line, '|');) {
      z = centred(middle, z, 230, font("Bold", size_), line);
      flat += (flat.empty() ? "" : " ") + line;
    }
    z = centred(middle, z, 230, font("Bold", size_), agency.title);
    const std::string name = dice_.pick(kNames);
    const double nameAt = z + dice_.real(62, 82);
    centred(middle, nameAt, 230, font("Bold", size_), name);
    page_.fields["signer"] = flat + "|" + agency.title + "|" + name;
    double n = y + dice_.real(0, 6);
    for (const char* line : {"Nơi nhận:", "- Như trên;", "- Lưu: VT, NN."}) {
      note(line);
      n = drawn_.text(85, n, 170, font(n < y + 7 ? "Bold Italic" : "", size_ - 2.5), line);
    }
    if (!look_.stamped) return;
    drawn_.scrawl(middle - 50, z + 35, dice_.real(80, 120), seed(), dice_.pick(kPenInks));
    const Ink ink = dice_.pick(kSealInks);
    const double x = middle - dice_.real(45, 75), at = z + dice_.real(18, 34);
    if (dice_.chance(0.8)) {
      drawn_.ring(x, at, dice_.real(46, 52), ink);
    } else {
      drawn_.frame(x - 55, at - 18, 118, 38, ink);
    }
    if (dice_.chance(0.3)) drawn_.frame(dice_.real(60, 110), dice_.real(120, 160), 100, 40, ink);
  }

  Dice dice_;
  OfficeLook look_;
  OfficeFonts fonts_;
  DrawnPage drawn_;
  OfficePage page_;
  std::string face_, pen_;
  Ink ink_;
  double size_ = 13, below_ = 0;
  bool letter_ = false;
};

}  // namespace

OfficeFonts officeFonts() {
  OfficeFonts fonts{
      {"Liberation Serif", "Liberation Serif", "DejaVu Serif Condensed", "Liberation Sans"},
      {"Dancing Script", "Kristi", "Breip", "Delphine", "Steve"}};
  addMore("SOHOA_PRINT_FONTS", fonts.print);
  addMore("SOHOA_PEN_FONTS", fonts.pen);
  return fonts;
}

OfficeLook officeLook(const std::string& name, unsigned seed) {
  Dice dice(seed + 1000003U);
  OfficeLook look;
  look.name = name;
  look.skewDegrees = dice.real(-0.4, 0.4);
  look.blur = dice.real(0.4, 0.7);
  look.noise = dice.real(1, 3);
  look.quality = dice.whole(55, 85);
  if (name != "clean") look.stamped = dice.chance(0.6);
  if (name == "stamped") look.stamped = true;
  if (name == "skewed") look.skewDegrees = dice.real(1, 4) * (dice.chance(0.5) ? 1 : -1);
  if (name == "faint") look.fade = dice.real(0.3, 0.55);
  if (name == "low") {
    look.dpi = 200;
    look.quality = dice.whole(45, 70);
  }
  return look;
}

OfficePage drawOffice(unsigned seed, const OfficeLook& look, const OfficeFonts& fonts) {
  return Draughtsman(seed, look, fonts).draw();
}

}  // namespace sohoa::test
