// Pages that the sample generator does not make.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ocr/page/recogniser.h"
#include "tests/ocr/drawn_page.h"
#include "tests/ocr/error_rate.h"

namespace sohoa {
namespace {

using test::Align;
using test::compareText;
using test::DrawnPage;
using test::kBlack;
using test::kBlue;
using test::kRed;
using testing::HasSubstr;

const std::string kSerif = "Liberation Serif 13", kBold = "Liberation Serif Bold 14";
const std::string kBody =
    "Căn cứ Nghị định số 43/2014/NĐ-CP ngày 15 tháng 5 năm 2014 của Chính phủ quy định chi tiết "
    "thi "
    "hành một số điều của Luật Đất đai; xét đề nghị của Giám đốc Sở Kế hoạch và Đầu tư tại Tờ "
    "trình "
    "số 1187 ngày 03/8/2021, Ủy ban nhân dân huyện Lệ Thủy chịu trách nhiệm quản lý, kiểm tra.";

PageReading read(const DrawnPage& page) {
  Recogniser recogniser{RecogniserOptions{}};
  auto reading = recogniser.read(page.image());
  EXPECT_TRUE(reading);
  return reading ? std::move(*reading) : PageReading{};
}

TEST(UnusualPages, HaveTextInRedAndBlueReadInItsPlace) {
  DrawnPage page;
  const std::string heading = "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", number = "Số: 29A8012345",
                    stamp = "ĐÃ THU PHÍ: 150.000 đồng ngày 21/9/2021";
  page.text(60, 40, 480, kBold, heading, Align::centre, kRed);
  page.text(60, 62, 480, kSerif, number, Align::centre, kRed);
  const double y = page.text(80, 100, 450, kSerif, kBody);
  page.text(80, y + 30, 400, kBold, stamp, Align::left, kBlue);
  page.ring(400, y + 120, 50, kRed);
  const PageReading reading = read(page);
  EXPECT_LT(
      compareText(heading + " " + number + " " + kBody + " " + stamp, plainText(reading)).percent(),
      1.0);
}

TEST(UnusualPages, HaveTextUnderRingsOfEveryColourRead) {
  for (const test::Ink ink : {test::Ink{0.9, 0.15, 0.4}, test::Ink{0.45, 0.2, 0.75}, kBlue}) {
    DrawnPage page;
    page.text(80, 100, 450, kSerif, kBody);
    page.ring(300, 130, 50, ink);
    EXPECT_LT(compareText(kBody, plainText(read(page))).percent(), 1.5)
        << ink.red << ' ' << ink.green << ' ' << ink.blue;
  }
}

TEST(UnusualPages, HaveTypewriterLinesReadAcrossTheirWideGaps) {
  DrawnPage page;
  page.text(80, 60, 450, "Liberation Mono 11", kBody);
  EXPECT_LT(compareText(kBody, plainText(read(page))).percent(), 4.0);
}

TEST(UnusualPages, HaveAListUnderAHeadingReadRowByRow) {
  DrawnPage page;
  std::string truth = "THÔNG BÁO NỘP PHÍ";
  double y = page.text(80, 60, 450, kBold, truth, Align::centre) + 14;
  for (const auto& [name, value] :
       {std::pair("Họ và tên", "Đặng Thị Như Quỳnh"), std::pair("Đơn vị", "Thành phố Đồng Hới"),
        std::pair("Số tiền", "12.350.000 đồng"),
        std::pair("Mã hồ sơ", "000.15.33.H46-210908-0007")}) {
    page.text(100, y, 150, kSerif, name);
    y = page.text(280, y, 260, kSerif, value) + 6;
    truth += std::string(" ") + name + " " + value;
  }
  EXPECT_LT(compareText(truth, plainText(read(page))).percent(), 2.0);
}

TEST(UnusualPages, HaveHeaderTableAndFooterReadInAPersonsOrder) {
  DrawnPage page;
  std::string truth;
  const auto put = [&](double x, double y, double width, const std::string& font,
                       const std::string& text, Align align = Align::left) {
    truth += text + " ";
    return page.text(x, y, width, font, text, align);
  };
  const std::string small = "Liberation Serif Bold 12";
  put(60, 50, 220, small, "UBND TỈNH BÌNH ĐỊNH", Align::centre);
  put(60, 66, 220, small, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", Align::centre);
  put(60, 98, 220, kSerif, "Số: 318/BC-STNMT", Align::centre);
  put(290, 50, 270, small, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Align::centre);
  put(290, 67, 270, small, "Độc lập - Tự do - Hạnh phúc", Align::centre);
  put(290, 101, 270, kSerif, "Bình Định, ngày 05 tháng 9 năm 2013", Align::centre);
  put(80, 150, 450, kBold, "BÁO CÁO", Align::centre);
  const double columns[] = {80, 120, 330, 430, 540}, top = 190, row = 38;
  const char* const cells[3][4] = {
      {"TT", "Tên công trình và địa điểm", "Diện tích", "Ghi chú"},
      {"1", "Kè chống sạt lở bờ nam sông Kôn, đoạn qua xã Nhơn Phúc", "12,75", "Đã xong"},
      {"2", "Trường tiểu học số 2 phường Trần Quang Diệu", "3,08", "Còn vướng mặt bằng"}};
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 4; ++c) {
      put(columns[c] + 4, top + r * row + 3, columns[c + 1] - columns[c] - 8, kSerif, cells[r][c]);
    }
  }
  for (int r = 0; r <= 3; ++r) page.line(80, top + r * row, 540, top + r * row);
  for (const double x : columns) page.line(x, top, x, top + 3 * row);
  put(80, 340, 450, kSerif, kBody);
  put(80, 520, 160, "Liberation Serif Bold Italic 11", "Nơi nhận:");
  put(80, 535, 160, "Liberation Serif 10.5", "- Bộ Tài nguyên và Môi trường;");
  put(80, 549, 160, "Liberation Serif 10.5", "- Lưu: VT, Đ12.");
  put(330, 516, 210, kBold, "KT. GIÁM ĐỐC", Align::centre);
  put(330, 534, 210, kBold, "PHÓ GIÁM ĐỐC", Align::centre);
  put(330, 610, 210, kBold, "Lê Thị Minh Nguyệt", Align::centre);
  EXPECT_LT(compareText(truth, plainText(read(page))).percent(), 1.0);
}

TEST(UnusualPages, KeepTheOneNumberOnAnAlmostBlankPage) {
  DrawnPage page;
  page.text(280, 780, 40, kSerif, "17", Align::centre);
  const PageReading reading = read(page);
  EXPECT_FALSE(reading.blank);
  EXPECT_THAT(plainText(reading), HasSubstr("17"));
}

TEST(UnusualPages, AreHandwritingWhenScrawledInAnyInk) {
  for (const test::Ink ink : {kBlue, kBlack, test::Ink{0.35, 0.35, 0.4}}) {
    DrawnPage page;
    for (unsigned row = 0; row < 8; ++row) page.scrawl(70, 80 + 36 * row, 440, row, ink);
    const PageReading reading = read(page);
    EXPECT_FALSE(reading.blank);
    EXPECT_GT(reading.inkShare, 0.002);
    EXPECT_EQ(nameOf(reading.kind), "handwriting") << ink.blue;
  }
}

TEST(UnusualPages, AreHandwritingInTheHandsOfSeveralFonts) {
  for (const char* font : {"Kristi", "Breip", "Delphine", "Dancing Script"}) {
    DrawnPage page;
    unsigned row = 0;
    for (const char* text : {"Kinh gui Uy ban nhan dan xa, toi ten la Nguyen Van Hai",
                             "nay lam don nay de nghi xem xet cap giay chung nhan",
                             "quyen su dung dat cho thua dat so 27 cua gia dinh toi",
                             "da su dung on dinh tu nam 1993 den nay, khong tranh chap",
                             "voi ai. Toi xin cam doan nhung loi tren la dung su that",
                             "va xin chiu trach nhiem truoc phap luat. Xin cam on."}) {
      ++row;
      page.pen(70, 450, 120 + 34 * row, font, 21, text, kBlue, row);
    }
    EXPECT_EQ(nameOf(read(page).kind), "handwriting") << font;
  }
}

TEST(UnusualPages, ArePicturesWhenTheyShowAPhotograph) {
  DrawnPage page;
  page.photograph(70, 100, 260, 200);
  const PageReading reading = read(page);
  EXPECT_FALSE(reading.blank);
  EXPECT_EQ(nameOf(reading.kind), "picture");
  EXPECT_GT(reading.inkShare, 0.002);
}

TEST(UnusualPages, ArePrintWithASmallPhotographBesideTheText) {
  DrawnPage page;
  const double y = page.text(80, 60, 450, kSerif, kBody);
  page.photograph(80, y + 10, 110, 140);
  page.text(80, y + 170, 450, kSerif, kBody);
  EXPECT_EQ(nameOf(read(page).kind), "print");
}

TEST(UnusualPages, HavePhotocopyBordersAndPunchHolesLeftOut) {
  DrawnPage page;
  page.text(90, 100, 440, kSerif, kBody);
  page.fill(0, 0, 60, 842);
  page.fill(0, 0, 595, 40);
  page.fill(0, 780, 595, 62);
  page.fill(66, 300, 16, 16);
  page.fill(66, 560, 16, 16);
  EXPECT_LT(compareText(kBody, plainText(read(page))).percent(), 1.0);
}

}  // namespace
}  // namespace sohoa
