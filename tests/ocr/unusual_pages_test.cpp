// Pages that the sample generator does not make.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ocr/recogniser.h"
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

TEST(UnusualPages, KeepTheOneNumberOnAnAlmostBlankPage) {
  DrawnPage page;
  page.text(280, 780, 40, kSerif, "17", Align::centre);
  const PageReading reading = read(page);
  EXPECT_FALSE(reading.blank);
  EXPECT_THAT(plainText(reading), HasSubstr("17"));
}

TEST(UnusualPages, AreNotBlankWhenWrittenInBlueAlone) {
  DrawnPage page;
  for (unsigned row = 0; row < 8; ++row) page.scrawl(70, 80 + 36 * row, 440, row, kBlue);
  const PageReading reading = read(page);
  EXPECT_FALSE(reading.blank);
  EXPECT_GT(reading.inkShare, 0.002);
  EXPECT_TRUE(reading.unreadInkShare > 0.5 || reading.confidence < 0.6 || !reading.orientationSure)
      << reading.unreadInkShare << ' ' << reading.confidence;
}

TEST(UnusualPages, AreDoubtfulWhenTheyShowAPhotograph) {
  DrawnPage page;
  page.photograph(70, 100, 260, 200);
  const PageReading reading = read(page);
  EXPECT_FALSE(reading.blank);
  EXPECT_TRUE(wordCount(reading) == 0 || reading.unreadInkShare > 0.5 || reading.confidence < 0.6)
      << wordCount(reading) << ' ' << reading.unreadInkShare << ' ' << reading.confidence;
  EXPECT_GT(reading.inkShare, 0.002);
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
