#include "ocr/page/page_fingerprint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "ocr/image/page_cleanup.h"

namespace sohoa {
namespace {

constexpr double kDpi = 300;

/// A sheet with lines of "words": bars whose strokes are drawn from a seed, one seed a word.
class Drawing {
 public:
  Drawing() {
    page_.grey = Plane(2480, 3508);
    std::fill(page_.grey.pixels.begin(), page_.grey.pixels.end(), std::uint8_t{255});
    for (int line = 0; line < 30; ++line) {
      for (int word = 0; word < 8; ++word)
        put(line, word, static_cast<unsigned>(line * 100 + word));
    }
  }
  /// Strokes within 70 x 12 mm of the place of a word.
  void put(int line, int word, unsigned seed) {
    std::mt19937 random(seed);
    const int left = 250 + 250 * word, top = 300 + 95 * line;
    box(left, top, 230, 60, 255);
    for (int stroke = 0; stroke < 14; ++stroke) {
      const int x = left + static_cast<int>(random() % 220),
                y = top + static_cast<int>(random() % 25);
      box(x, y, 6 + static_cast<int>(random() % 12), 10 + static_cast<int>(random() % 25), 0);
    }
  }
  void box(int left, int top, int width, int height, std::uint8_t grey) {
    for (int y = top; y < top + height; ++y) std::fill_n(page_.grey.row(y) + left, width, grey);
  }
  /// The sheet moved on the glass, with the noise of another scan.
  CleanPage scannedAgain(int dx, int dy, unsigned seed) const {
    CleanPage again = page_;
    std::mt19937 random(seed);
    for (int y = 0; y < again.grey.height; ++y) {
      for (int x = 0; x < again.grey.width; ++x) {
        const int fromX = x - dx, fromY = y - dy;
        const bool inside =
            fromX >= 0 && fromY >= 0 && fromX < again.grey.width && fromY < again.grey.height;
        again.grey.row(y)[x] = inside ? page_.grey.row(fromY)[fromX] : std::uint8_t{255};
      }
    }
    for (int i = 0; i < 20'000; ++i) {
      auto& pixel = again.grey.pixels[random() % again.grey.pixels.size()];
      pixel = static_cast<std::uint8_t>(255 - pixel);
    }
    return again;
  }
  const CleanPage& page() const { return page_; }

 private:
  CleanPage page_;
};

TEST(PagePrint, AgreesWithThatOfTheSheetScannedAgain) {
  const Drawing sheet;
  const std::string print = pagePrint(sheet.page(), kDpi);
  EXPECT_LT(print.size(), 30'000u);
  for (const auto& [dx, dy] : std::vector<std::pair<int, int>>{{0, 0}, {37, -52}, {-61, 44}}) {
    const PrintMatch match = comparePrints(print, pagePrint(sheet.scannedAgain(dx, dy, 7), kDpi));
    ASSERT_TRUE(match.comparable);
    EXPECT_LT(match.apart, 0.03) << dx;
    EXPECT_LT(match.worstPlace, 12) << dx;
  }
}

TEST(PagePrint, ShowsAWordThatWasAdded) {
  Drawing form;
  form.box(250, 300 + 95 * 10, 1990, 60, 255);  // a line that was left free
  const std::string empty = pagePrint(form.page(), kDpi);
  form.put(10, 2, 4711);
  const PrintMatch match = comparePrints(empty, pagePrint(form.page(), kDpi));
  EXPECT_LT(match.apart, 0.03) << "all in all it is nearly the same sheet";
  EXPECT_GT(match.worstPlace, 40);
}

TEST(PagePrint, IsNotLikeThatOfAnotherSheet) {
  const Drawing one;
  Drawing other;
  for (int line = 0; line < 30; ++line) {
    for (int word = 0; word < 8; ++word)
      other.put(line, word, 90'000u + static_cast<unsigned>(line * 100 + word));
  }
  const PrintMatch match =
      comparePrints(pagePrint(one.page(), kDpi), pagePrint(other.page(), kDpi));
  EXPECT_GT(match.apart, 0.1);
}

TEST(PagePrint, IsTheSameAtAnotherResolution) {
  const Drawing sheet;
  CleanPage half;
  half.grey = Plane(1240, 1754);
  for (int y = 0; y < 1754; ++y) {
    for (int x = 0; x < 1240; ++x) half.grey.row(y)[x] = sheet.page().grey.row(2 * y)[2 * x];
  }
  const PrintMatch match = comparePrints(pagePrint(sheet.page(), kDpi), pagePrint(half, kDpi / 2));
  ASSERT_TRUE(match.comparable);
  EXPECT_LT(match.apart, 0.02);
}

TEST(PagePrint, ThatIsNoneIsComparedWithNothing) {
  const std::string good = pagePrint(Drawing().page(), kDpi);
  for (const std::string& bad : std::vector<std::string>{
           "", "x", "1x", "1x1", "1x1:", "999999999x9:A", "-1x3:A", "2x3:é", "10x10:AAA"}) {
    EXPECT_FALSE(comparePrints(good, bad).comparable) << bad;
    EXPECT_FALSE(comparePrints(bad, good).comparable) << bad;
  }
  EXPECT_TRUE(pagePrint(CleanPage{}, kDpi).empty());
}

}  // namespace
}  // namespace sohoa
