// Against SANE's own `test` driver, a scanner without hardware, and against the paper of
// paper_backend.cpp where paper must stay where it is.
#include <gmock/gmock.h>
#include <leptonica/allheaders.h>

#include <cstdlib>

#include "scanner/scanner.h"
#include "tests/scanner/paper.h"

namespace {
bool driverWasUsed = false;
}
/// Asked by LeakSanitizer at the end. SANE's test driver is not looked at: it keeps names of
/// devices, and ends its reading thread wherever that is, in the allocator too, whose lock would be
/// waited for. The paper driver of `scanning.*` takes our code the same ways.
extern "C" int __lsan_is_turned_off() { return driverWasUsed ? 1 : 0; }

namespace sohoa::test {
namespace {

using testing::HasSubstr;

/// Finds the `test` driver alone; says so when it is not installed.
class SaneTestDriver : public testing::Test {
 protected:
  void SetUp() override {
    driverWasUsed = true;
    static const TemporaryFolder kFolder;  // libsane asks for the variable once in a process
    nameDriver(kFolder.path(), "test");
    ::setenv("SANE_CONFIG_DIR", kFolder.path().c_str(), 1);
    try {
      if (listScanners().empty()) GTEST_SKIP() << "SANE's test driver is not installed (libsane1)";
    } catch (const BatchError& error) {
      GTEST_SKIP() << error.what();
    }
  }

  static ScanSettings small() {
    ScanSettings settings;
    settings.dpi = 200;
    settings.size = {50, 40};
    return settings;
  }
  static std::unique_ptr<Scanner> open(const ScanSettings& settings) {
    auto scanner = openScanner("test:0", settings);
    if (!scanner) {
      ADD_FAILURE() << codeOf(scanner.error().cause) << " " << scanner.error().detail;
      return nullptr;
    }
    return std::move(*scanner);
  }
  static Cause causeOf(const ScanSettings& settings) {
    auto scanner = openScanner("test:0", settings);
    if (!scanner) return scanner.error().cause;
    auto page = (*scanner)->nextSide();
    return page ? Cause::fileType : page.error().cause;
  }
};

struct Pixel {
  int red = 0, green = 0, blue = 0;
};

Pixel pixelOf(const PageImage& page, int x, int y) {
  PIX* read = pixReadMem(reinterpret_cast<const l_uint8*>(page.bytes.data()), page.bytes.size());
  PIX* colour = pixConvertTo32(read);
  Pixel pixel;
  pixGetRGBPixel(colour, x, y, &pixel.red, &pixel.green, &pixel.blue);
  pixDestroy(&read);
  pixDestroy(&colour);
  return pixel;
}

/// Row by row.
std::vector<Pixel> pixelsOf(const PageImage& page) {
  PIX* read = pixReadMem(reinterpret_cast<const l_uint8*>(page.bytes.data()), page.bytes.size());
  PIX* colour = pixConvertTo32(read);
  std::vector<Pixel> pixels;
  for (int y = 0; y < pixGetHeight(colour); ++y) {
    for (int x = 0; x < pixGetWidth(colour); ++x) {
      Pixel& pixel = pixels.emplace_back();
      pixGetRGBPixel(colour, x, y, &pixel.red, &pixel.green, &pixel.blue);
    }
  }
  pixDestroy(&read);
  pixDestroy(&colour);
  return pixels;
}

TEST_F(SaneTestDriver, IsListedWithItsName) {
  const auto found = listScanners();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "test:0");
  EXPECT_FALSE(found[0].vendor.empty());
}

TEST_F(SaneTestDriver, GivesAPageOfTheSizeAndResolutionAskedFor) {
  const auto scanner = open(small());
  const auto page = scanner->nextSide();
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_EQ(page->format, ImageFormat::jpeg);
  EXPECT_NEAR(page->width, 50 / 25.4 * 200, 1);
  EXPECT_NEAR(page->height, 40 / 25.4 * 200, 1);
  EXPECT_EQ(page->xDpi, 200);
  EXPECT_TRUE(scanner->compromises().empty());
}

TEST_F(SaneTestDriver, FeedsTenSheetsAndIsThenEmptyUntilItIsLoadedAgain) {
  const auto scanner = open(small());
  for (int load = 0; load < 2; ++load) {
    for (int sheet = 1; sheet <= 10; ++sheet) {
      const auto page = scanner->nextSide();
      ASSERT_TRUE(page) << load << " " << sheet << " " << page.error().detail;
    }
    const auto none = scanner->nextSide();
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().cause, Cause::scanEmpty);
    scanner->rest();
  }
}

TEST_F(SaneTestDriver, ShowsTheSamePictureThroughEveryWayOfTransfer) {
  ScanSettings settings = small();
  settings.driver = {{"test-picture", "Color pattern"}};
  const auto plain = open(settings)->nextSide();
  ASSERT_TRUE(plain);
  const std::vector<Pixel> expected = pixelsOf(*plain);
  EXPECT_TRUE(std::any_of(expected.begin(), expected.end(), [](const Pixel& pixel) {
    return std::abs(pixel.red - pixel.blue) > 60;
  })) << "the pattern has colours to mix up";
  const std::vector<std::vector<std::pair<std::string, std::string>>> ways = {
      {{"read-limit", "yes"}, {"read-limit-size", "977"}},
      {{"fuzzy-parameters", "yes"}},
      {{"non-blocking", "yes"}},
      {{"three-pass", "yes"}, {"three-pass-order", "BRG"}},
      {{"ppl-loss", "7"}}};  // the last: the driver keeps it
  for (const auto& way : ways) {
    ScanSettings other = settings;
    other.driver.insert(other.driver.end(), way.begin(), way.end());
    const auto page = open(other)->nextSide();
    ASSERT_TRUE(page) << way[0].first << " " << page.error().detail;
    EXPECT_EQ(page->height, plain->height) << way[0].first;
    if (way[0].first == "ppl-loss") continue;  // narrower rows
    const std::vector<Pixel> shown = pixelsOf(*page);
    ASSERT_EQ(shown.size(), expected.size()) << way[0].first;
    std::size_t apart = 0, first = 0;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const bool same = shown[i].red == expected[i].red && shown[i].green == expected[i].green &&
                        shown[i].blue == expected[i].blue;
      if (!same && apart++ == 0) first = i;
    }
    EXPECT_EQ(apart, 0u) << way[0].first << ": of " << shown.size() << ", the first at "
                         << first % static_cast<std::size_t>(page->width) << ", "
                         << first / static_cast<std::size_t>(page->width);
  }
}

TEST_F(SaneTestDriver, GivesSixteenBitsAsEightAndOneBitAsBlackAndWhite) {
  ScanSettings settings = small();
  settings.driver = {{"test-picture", "Solid white"}, {"depth", "16"}};
  const auto deep = open(settings)->nextSide();
  ASSERT_TRUE(deep) << deep.error().detail;
  EXPECT_GT(pixelOf(*deep, 10, 10).green, 250);

  for (const auto& [picture, value] : {std::pair{"Solid white", 255}, {"Solid black", 0}}) {
    settings = small();
    settings.mode = ScanMode::lineart;
    settings.driver = {{"test-picture", picture}};
    const auto page = open(settings)->nextSide();
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(page->format, ImageFormat::tiff);
    EXPECT_EQ(pixelOf(*page, 10, 10).red, value) << picture;
  }
}

TEST_F(SaneTestDriver, IsReadToItsEndWhenTheHeightIsNotKnownBefore) {
  ScanSettings settings = small();
  settings.driver = {{"hand-scanner", "yes"}};
  const auto page = open(settings)->nextSide();
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_GT(page->height, 100);
}

TEST_F(SaneTestDriver, SaysWhatIsWrongWithPaperAndDevice) {
  const std::vector<std::pair<std::string, Cause>> ends = {
      {"SANE_STATUS_JAMMED", Cause::scanJammed},
      {"SANE_STATUS_NO_DOCS", Cause::scanEmpty},
      {"SANE_STATUS_COVER_OPEN", Cause::scanCoverOpen},
      {"SANE_STATUS_IO_ERROR", Cause::scanDeviceGone},
      {"SANE_STATUS_DEVICE_BUSY", Cause::scanBusy},
      {"SANE_STATUS_ACCESS_DENIED", Cause::scanDenied},
      {"SANE_STATUS_NO_MEM", Cause::scanDeviceGone},
      {"SANE_STATUS_EOF", Cause::scanDeviceGone},
      {"SANE_STATUS_UNSUPPORTED", Cause::scanSettings},
      {"SANE_STATUS_CANCELLED", Cause::scanDeviceGone}};
  for (const auto& [status, cause] : ends) {
    ScanSettings settings = small();
    settings.driver = {{"read-return-value", status}};
    EXPECT_EQ(codeOf(causeOf(settings)), codeOf(cause)) << status;
  }
}

TEST_F(SaneTestDriver, RefusesWhatItDoesNotHaveAndNamesWhatItHas) {
  ScanSettings settings = small();
  settings.source = ScanSource::duplex;
  auto scanner = openScanner("test:0", settings);
  ASSERT_FALSE(scanner);
  EXPECT_EQ(scanner.error().cause, Cause::scanSettings);
  EXPECT_THAT(scanner.error().detail, HasSubstr("Flatbed | Automatic Document Feeder"));

  for (const auto& option :
       std::vector<std::pair<std::string, std::string>>{{"no-such-option", "1"},
                                                        {"test-picture", "Mona Lisa"},
                                                        {"read-limit", "maybe"},
                                                        {"ppl-loss", "some"}}) {
    settings = small();
    settings.driver = {option};
    EXPECT_EQ(causeOf(settings), Cause::scanSettings) << option.first;
  }
  auto none = openScanner("test:7", small());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().cause, Cause::scanNoDevice);
}

TEST_F(SaneTestDriver, SaysWhatPartOfAPageItCannotReach) {
  ScanSettings settings = small();
  settings.size = {210, 297};
  const auto scanner = open(settings);
  ASSERT_EQ(scanner->compromises().size(), 2U);
  EXPECT_EQ(scanner->compromises()[0], "x 210 mm: 200 mm");
}

TEST(HangingScanner, CountsAsGone) {
  const Paper paper(3);
  for (const auto& [name, value] : paper.environment()) ::setenv(name.c_str(), value.c_str(), 1);
  paper.failAt(2, "hang");
  ScanSettings settings;
  settings.dpi = 200;
  settings.size = {50, 40};
  settings.patience = std::chrono::seconds(1);
  auto scanner = openScanner(Paper::device(), settings);
  ASSERT_TRUE(scanner) << scanner.error().detail;
  ASSERT_TRUE((*scanner)->nextSide());
  const auto page = (*scanner)->nextSide();
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().cause, Cause::scanDeviceGone);
  EXPECT_FALSE((*scanner)->nextSide());  // and does not wait again
}

}  // namespace
}  // namespace sohoa::test
