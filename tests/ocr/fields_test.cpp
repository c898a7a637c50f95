#include "ocr/fields/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "ocr/language/document_grammar.h"
#include "ocr/language/suspect_word.h"

namespace sohoa::test {
namespace {

/// A page of A4 at 300 dpi, line by line.
class Paper {
 public:
  Paper() {
    reading_.width = 2480;
    reading_.height = 3508;
    reading_.xDpi = reading_.yDpi = 300;
  }
  /// A line whose middle is at `centre`, with its baseline at y.
  Paper& line(int centre, int y, const std::string& text, bool suspect = false) {
    constexpr int kLetter = 24, kHeight = 48, kSpace = 14;
    std::vector<std::string> words;
    std::istringstream in(text);
    for (std::string word; in >> word;) words.push_back(word);
    const auto letters = [](const std::string& word) {
      int n = 0;
      for (const char c : word) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
      return n;
    };
    int width = -kSpace;
    for (const std::string& word : words) width += kLetter * letters(word) + kSpace;
    int x = centre - width / 2;
    TextLine line;
    for (const std::string& text1 : words) {
      Word word;
      word.text = text1;
      word.box = {x, y - kHeight, kLetter * letters(text1), kHeight};
      word.confidence = 0.95;
      word.suspect = suspect;
      x += word.box.width + kSpace;
      line.words.push_back(word);
    }
    line.box = {line.words.front().box.x, y - kHeight, width, kHeight};
    TextBlock block;
    block.box = line.box;
    block.lines.push_back(line);
    reading_.blocks.push_back(block);
    return *this;
  }
  Paper& national(int y = 280) {
    line(1700, y, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    return line(1700, y + 70, "Độc lập - Tự do - Hạnh phúc");
  }
  Paper& body(int y = 1100) {
    line(1330, y, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;");
    line(1330, y + 90, "Căn cứ Nghị định số 43/2014/NĐ-CP ngày 15 tháng 5 năm 2014 của Chính");
    return line(1330, y + 180,
                "phủ quy định chi tiết thi hành một số điều của Luật Đất đai năm 2013;");
  }
  PageReading reading_;
};

std::string valueOf(const DocumentFields& document, std::string_view name) {
  const DocumentField* field = document.find(name);
  return field ? field->value : "(none)";
}

DocumentFields only(const Paper& paper) { return readFields({paper.reading_}).at(0); }

TEST(Fields, OfADecisionAreReadByPosition) {
  Paper paper;
  paper.line(700, 280, "UBND TỈNH HÀ TĨNH")
      .line(700, 350, "SỞ TÀI NGUYÊN")
      .line(700, 420, "VÀ MÔI TRƯỜNG");
  paper.national().line(700, 520, "Số: 123/QĐ-STNMT");
  paper.line(1700, 520, "Hà Tĩnh, ngày 05 tháng 3 năm 2021");
  paper.line(1330, 700, "QUYẾT ĐỊNH").line(1330, 780, "Về việc thu hồi đất để thực hiện dự án");
  paper.line(1330, 850, "Đường ven biển đoạn qua xã Thịnh Lộc")
      .line(1330, 990, "GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG");
  paper.body()
      .line(1750, 2500, "KT. GIÁM ĐỐC")
      .line(1750, 2570, "PHÓ GIÁM ĐỐC")
      .line(1750, 2950, "Nguyễn Thị Hồng Vân");
  paper.line(600, 2500, "Nơi nhận:").line(600, 2560, "- Như Điều 3;");
  const DocumentFields read = only(paper);
  EXPECT_EQ(valueOf(read, field::kSuperiorAgency), "UBND TỈNH HÀ TĨNH");
  EXPECT_EQ(valueOf(read, field::kAgency), "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG");
  EXPECT_EQ(valueOf(read, field::kNumber), "123/QĐ-STNMT");
  EXPECT_EQ(valueOf(read, field::kSymbol), "QĐ-STNMT");
  EXPECT_EQ(valueOf(read, field::kPlace), "Hà Tĩnh");
  EXPECT_EQ(valueOf(read, field::kDate), "2021-03-05");
  EXPECT_EQ(valueOf(read, field::kType), "QUYẾT ĐỊNH");
  EXPECT_EQ(valueOf(read, field::kAbstract),
            "Về việc thu hồi đất để thực hiện dự án Đường ven biển đoạn qua xã Thịnh Lộc");
  EXPECT_EQ(valueOf(read, field::kAuthority), "KT. GIÁM ĐỐC");
  EXPECT_EQ(valueOf(read, field::kSignerTitle), "PHÓ GIÁM ĐỐC");
  EXPECT_EQ(valueOf(read, field::kSigner), "Nguyễn Thị Hồng Vân");
  EXPECT_EQ(read.find(field::kDate)->page, 1);
  EXPECT_GT(read.find(field::kDate)->box.width, 0);
  EXPECT_NEAR(read.find(field::kDate)->confidence, 0.95, 1e-9);
}

TEST(Fields, OfALetterHaveTheAbstractBelowTheNumberAndNoType) {
  Paper paper;
  paper.line(700, 280, "UBND TỈNH NGHỆ AN")
      .line(700, 350, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG")
      .national();
  paper.line(700, 450, "Số: 1234/STNMT-QLĐĐ")
      .line(700, 520, "V/v xác định giá đất")
      .line(700, 585, "cụ thể tại xã Diễn Thành");
  paper.line(1700, 450, "Nghệ An, ngày 5 tháng 11 năm 2020");
  paper.line(1330, 760, "Kính gửi: Ủy ban nhân dân huyện Diễn Châu").body(900);
  paper.line(1750, 2500, "TL. GIÁM ĐỐC")
      .line(1750, 2570, "CHÁNH VĂN PHÒNG")
      .line(1750, 2900, "Trần Văn Bình");
  const DocumentFields read = only(paper);
  EXPECT_EQ(valueOf(read, field::kNumber), "1234/STNMT-QLĐĐ");
  EXPECT_EQ(valueOf(read, field::kAbstract), "V/v xác định giá đất cụ thể tại xã Diễn Thành");
  EXPECT_EQ(valueOf(read, field::kType), "(none)");
  EXPECT_EQ(valueOf(read, field::kAuthority), "TL. GIÁM ĐỐC");
  EXPECT_EQ(valueOf(read, field::kSignerTitle), "CHÁNH VĂN PHÒNG");
}

TEST(Fields, OfANormativeTextKeepTheYearInTheNumber) {
  Paper paper;
  paper.line(700, 280, "ỦY BAN NHÂN DÂN").line(700, 350, "TỈNH QUẢNG TRỊ").national();
  paper.line(700, 470, "Số: 07/2021/QĐ-UBND")
      .line(1700, 470, "Quảng Trị, ngày 10 tháng 12 năm 2021");
  paper.line(1330, 650, "QUYẾT ĐỊNH")
      .line(1330, 730, "Ban hành Quy định về đơn giá bồi thường")
      .body();
  paper.line(1750, 2400, "TM. ỦY BAN NHÂN DÂN")
      .line(1750, 2470, "KT. CHỦ TỊCH")
      .line(1750, 2540, "PHÓ CHỦ TỊCH")
      .line(1750, 2900, "Hà Sỹ Đồng");
  const DocumentFields read = only(paper);
  EXPECT_EQ(valueOf(read, field::kAgency), "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ");
  EXPECT_EQ(valueOf(read, field::kSuperiorAgency), "(none)");
  EXPECT_EQ(valueOf(read, field::kNumber), "07/2021/QĐ-UBND");
  EXPECT_EQ(valueOf(read, field::kSymbol), "QĐ-UBND");
  EXPECT_EQ(valueOf(read, field::kAuthority), "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH");
  EXPECT_EQ(valueOf(read, field::kSigner), "Hà Sỹ Đồng");
}

// Circular 01/2011/TT-BNV and papers before it: old tone marks ("HOÀ"), letters spaced by points,
// the party "T/M", and the signer's rank before the name.
TEST(Fields, OfALayoutBeforeDecree30AreTheSame) {
  Paper paper;
  paper.line(700, 280, "UỶ BAN NHÂN DÂN").line(700, 350, "TỈNH HÀ TĨNH");
  paper.line(1700, 280, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
      .line(1700, 350, "Độc lập – Tự do – Hạnh phúc");
  paper.line(700, 470, "Số : 1456 /QĐ-UBND").line(1700, 470, "Hà Tĩnh, ngày 14 tháng 5 năm 2008");
  paper.line(1330, 650, "QUYẾT ĐỊNH CỦA UỶ BAN NHÂN DÂN TỈNH")
      .line(1330, 730, "V/v thu hồi đất của Công ty Cổ phần Thương mại")
      .body();
  paper.line(1750, 2400, "T/M. UỶ BAN NHÂN DÂN TỈNH")
      .line(1750, 2470, "K/T CHỦ TỊCH")
      .line(1750, 2540, "PHÓ CHỦ TỊCH")
      .line(1750, 2900, "Lê Đình Sơn");
  const DocumentFields read = only(paper);
  EXPECT_EQ(valueOf(read, field::kAgency), "UỶ BAN NHÂN DÂN TỈNH HÀ TĨNH");
  EXPECT_EQ(valueOf(read, field::kNumber), "1456/QĐ-UBND");
  EXPECT_EQ(valueOf(read, field::kDate), "2008-05-14");
  EXPECT_EQ(valueOf(read, field::kAbstract), "V/v thu hồi đất của Công ty Cổ phần Thương mại");
  EXPECT_EQ(valueOf(read, field::kAuthority), "T/M. UỶ BAN NHÂN DÂN TỈNH K/T CHỦ TỊCH");
  EXPECT_EQ(valueOf(read, field::kSignerTitle), "PHÓ CHỦ TỊCH");
  EXPECT_EQ(valueOf(read, field::kSigner), "Lê Đình Sơn");
}

TEST(Fields, AreFreedOfSpecksBesideThem) {
  Paper paper;
  paper.line(700, 280, "' SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG").national();
  paper.line(700, 470, "Số: 45/GP-UBND").line(1700, 470, "Huế, ngày 11 tháng 4 năm 2022");
  paper.line(1330, 650, "GIẤY PHÉP").line(1330, 730, "Khai thác nước dưới đất").body();
  paper.line(1750, 2500, "GIÁM ĐỐC").line(1750, 2900, "Đặng Văn Bình.");
  const DocumentFields read = only(paper);
  EXPECT_EQ(valueOf(read, field::kAgency), "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG");
  EXPECT_EQ(valueOf(read, field::kSigner), "Đặng Văn Bình");
  EXPECT_EQ(read.find(field::kSigner)->text, "Đặng Văn Bình.");
}

TEST(Fields, AbstractsGoOnWithWordsThatBeginABodyElsewhere) {
  Paper paper;
  paper.line(700, 280, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG").national();
  paper.line(700, 470, "Số: 45/QĐ-STNMT").line(1700, 470, "Huế, ngày 11 tháng 4 năm 2022");
  paper.line(1330, 650, "QUYẾT ĐỊNH")
      .line(1330, 730, "Về việc thu hồi đất tại xã Quảng Hưng, để")
      .line(1330, 800, "thực hiện dự án Trạm trộn bê tông theo kết luận")
      .line(1330, 870, "ngày 12/8/2020")
      .body();
  EXPECT_EQ(valueOf(only(paper), field::kAbstract),
            "Về việc thu hồi đất tại xã Quảng Hưng, để thực hiện dự án Trạm trộn bê tông theo kết "
            "luận ngày 12/8/2020");
}

TEST(Fields, OfASignerAreFreedOfStrokes) {
  Paper paper;
  paper.line(700, 280, "ỦY BAN NHÂN DÂN").line(700, 350, "TỈNH QUẢNG TRỊ").national();
  paper.body();
  paper.line(1750, 2400, "TM: ỦY BAN NHÂN DÂN")
      .line(1750, 2470, "-KT. CHỦ TỊCH")
      .line(1750, 2540, "-PHÓ CHỦ TỊCH")
      .line(1750, 2610, "VVWAS")
      .line(1750, 2900, "Hà Sỹ Đồng");
  const DocumentFields read = only(paper);
  EXPECT_EQ(valueOf(read, field::kAuthority), "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH");
  EXPECT_EQ(read.find(field::kAuthority)->text, "TM: ỦY BAN NHÂN DÂN -KT. CHỦ TỊCH");
  EXPECT_EQ(valueOf(read, field::kSignerTitle), "PHÓ CHỦ TỊCH");
  EXPECT_EQ(valueOf(read, field::kSigner), "Hà Sỹ Đồng");
  EXPECT_FALSE(read.find(field::kSigner)->suspect);
}

TEST(Fields, OfASignerAreSuspectWhereAWordBesideTheNameWasUnread) {
  Paper paper;
  paper.line(700, 280, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG").national();
  paper.body();
  paper.line(1750, 2500, "GIÁM ĐỐC").line(1750, 2900, "“a6 Hữu Vượng");
  for (TextBlock& block : paper.reading_.blocks) {
    for (Word& word : block.lines.front().words) {
      if (word.text == "“a6") word.confidence = 0.35;
    }
  }
  const DocumentFields read = only(paper);
  EXPECT_EQ(valueOf(read, field::kSigner), "Hữu Vượng");
  EXPECT_TRUE(read.find(field::kSigner)->suspect);
}

TEST(Fields, FilledInByHandHaveNoValue) {
  Paper paper;
  paper.line(700, 280, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG").national();
  paper.line(700, 470, "Số: 45 /GP-UBND").line(1700, 470, "Huế, ngày 11 tháng 4 năm 2022");
  paper.line(1330, 650, "GIẤY PHÉP").line(1330, 730, "Khai thác nước dưới đất").body();
  paper.reading_.slots = {{HeadingSlot::Kind::number, {600, 420, 120, 50}, true, 0.9},
                          {HeadingSlot::Kind::day, {1650, 420, 60, 50}, true, 0.8},
                          {HeadingSlot::Kind::month, {1850, 420, 60, 50}, true, 0.1}};
  const DocumentFields read = only(paper);
  EXPECT_TRUE(read.find(field::kNumber)->byHand);
  EXPECT_EQ(valueOf(read, field::kNumber), "");
  EXPECT_EQ(valueOf(read, field::kSymbol), "GP-UBND");
  EXPECT_TRUE(read.find(field::kDate)->byHand);
  EXPECT_EQ(valueOf(read, field::kDate), "");
  EXPECT_EQ(valueOf(read, field::kPlace), "Huế");
}

TEST(Fields, LeftOpenAreNotReadAsNumbers) {
  Paper paper;
  paper.line(700, 280, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG").national();
  paper.line(700, 470, "Số: /TB-STNMT").line(1700, 470, "Huế, ngày tháng 4 năm 2022");
  paper.line(1330, 650, "THÔNG BÁO").body();
  const DocumentFields read = only(paper);
  EXPECT_TRUE(read.find(field::kNumber)->byHand);
  EXPECT_TRUE(read.find(field::kDate)->byHand);
  EXPECT_EQ(valueOf(read, field::kSymbol), "TB-STNMT");
}

TEST(Fields, OfAnApplicationFormHaveNoAgencyAndNoNumber) {
  Paper paper;
  paper.line(1300, 280, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
      .line(1300, 350, "Độc lập - Tự do - Hạnh phúc");
  paper.line(1330, 520, "ĐƠN XIN GIAO ĐẤT").body(900);
  paper.line(1750, 2300, "Lệ Thủy, ngày 12 tháng 8 năm 2021")
      .line(1750, 2380, "NGƯỜI LÀM ĐƠN")
      .line(1750, 2700, "Lê Thị Kim Hằng");
  const DocumentFields read = only(paper);
  EXPECT_EQ(valueOf(read, field::kAgency), "(none)");
  EXPECT_EQ(valueOf(read, field::kNumber), "(none)");
  EXPECT_EQ(valueOf(read, field::kType), "ĐƠN XIN GIAO ĐẤT");
  EXPECT_EQ(valueOf(read, field::kDate), "2021-08-12");
  EXPECT_EQ(valueOf(read, field::kSigner), "Lê Thị Kim Hằng");
}

TEST(Fields, OfSeveralPapersStartWhereANationalNameStands) {
  Paper decision, back, form;
  decision.line(700, 280, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG")
      .national()
      .line(700, 470, "Số: 9/QĐ-STNMT");
  decision.line(1330, 650, "QUYẾT ĐỊNH").body();
  back.body(400).line(1750, 1500, "GIÁM ĐỐC").line(1750, 1800, "Trần Phong");
  form.line(1300, 280, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
      .line(1330, 520, "ĐƠN ĐỀ NGHỊ")
      .body(900);
  const auto read = readFields({decision.reading_, back.reading_, form.reading_, PageReading{}});
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].firstPage, 1);
  EXPECT_EQ(read[0].lastPage, 2);
  EXPECT_EQ(valueOf(read[0], field::kSigner), "Trần Phong");
  EXPECT_EQ(read[0].find(field::kSigner)->page, 2);
  EXPECT_EQ(read[1].firstPage, 3);
  EXPECT_EQ(read[1].lastPage, 4);
  EXPECT_EQ(mainDocument(read), 0U);
}

TEST(Fields, OfAPageScannedUpsideDownAreTheSame) {
  Paper paper;
  paper.line(700, 280, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG").national().line(700, 470, "Số: 88/QĐ-STNMT");
  paper.line(1330, 650, "QUYẾT ĐỊNH").body();
  PageReading turned = paper.reading_;
  turned.rotation = 180;
  for (TextBlock& block : turned.blocks) {
    for (TextLine& line : block.lines) {
      for (Word& word : line.words) {
        word.box.x = turned.width - word.box.right();
        word.box.y = turned.height - word.box.bottom();
      }
    }
  }
  const DocumentFields read = readFields({turned}).at(0);
  EXPECT_EQ(valueOf(read, field::kNumber), "88/QĐ-STNMT");
  EXPECT_EQ(valueOf(read, field::kType), "QUYẾT ĐỊNH");
}

TEST(Numbers, AreTakenApartInTheirLegalForms) {
  const auto old = parseNumber("123 QĐ/UB");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->number, "123");
  EXPECT_EQ(old->symbol, "QĐ/UB");
  const auto letter = parseNumber("12a /TTr-STNMT");
  ASSERT_TRUE(letter);
  EXPECT_EQ(numberText(*letter), "12a/TTr-STNMT");
  EXPECT_TRUE(letter->wellFormed);
  EXPECT_FALSE(parseNumber("1O4/QĐ-UBND")->wellFormed);
  EXPECT_FALSE(parseNumber(" . ").has_value());
}

TEST(Suspicion, FallsOnLookAlikesInNumbersDatesAndCodes) {
  for (const char* word :
       {"l234/QĐ-UBND", "1O/NQ-CP", "31/02/2021", "12/l0/2021", "000.00.12.H46-21O910-0001"}) {
    EXPECT_TRUE(isSuspect(word, 0.99)) << word;
  }
  for (const char* word : {"1234/QĐ-UBND", "43/2014/NĐ-CP", "28/02/2021",
                           "000.00.12.H46-210910-0001", "1/500", "12a/TTr-UBND"}) {
    EXPECT_FALSE(isSuspect(word, 0.99)) << word;
  }
}

}  // namespace
}  // namespace sohoa::test
