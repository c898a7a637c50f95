#include "ocr/image/decode.h"

#include <gtest/gtest.h>

#include "tests/ocr/sample_pages.h"

namespace sohoa {
namespace {

using test::imageOf;
using test::samplePage;

TEST(Decode, RefusesAJpegWhosePixelsEndEarly) {
  PageImage image = imageOf(samplePage("clean"));
  ASSERT_EQ(image.format, ImageFormat::jpeg);
  image.bytes.resize(image.bytes.size() * 3 / 5);
  const auto decoded = decodePage(image);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().cause, Cause::fileTruncated);
}

TEST(Decode, RefusesAPngWhosePixelsEndEarly) {
  PageImage image = imageOf(samplePage("low_res"));
  ASSERT_EQ(image.format, ImageFormat::png);
  image.bytes.resize(image.bytes.size() / 2);
  const auto decoded = decodePage(image);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().cause, Cause::fileTruncated);
}

TEST(Decode, BringsEveryResolutionToAboutThreeHundredDotsPerInch) {
  PageImage image = imageOf(samplePage("clean"));
  const auto same = decodePage(image);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->seen.width, image.width);
  image.xDpi = image.yDpi = 600;
  const auto half = decodePage(image);
  ASSERT_TRUE(half);
  EXPECT_EQ(half->seen.width, (image.width + 1) / 2);
  EXPECT_NEAR(half->scaleX, 0.5, 0.001);
}

TEST(Decode, RefusesImagesOverThirtyTwoThousandPixelsASide) {
  PageImage image;
  image.width = 40000;
  image.height = 100;
  const auto decoded = decodePage(image);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().cause, Cause::imageTooLarge);
}

TEST(Decode, LightensRedInkAndKeepsBlack) {
  const PageImage image = imageOf(samplePage("stamped"));
  const auto decoded = decodePage(image);
  ASSERT_TRUE(decoded);
  ASSERT_FALSE(decoded->inkFree.empty());
  long lifted = 0, darkKept = 0, dark = 0;
  for (std::size_t i = 0; i < decoded->seen.pixels.size(); ++i) {
    const int seen = decoded->seen.pixels[i], text = decoded->inkFree.pixels[i];
    lifted += text > seen + 60 ? 1 : 0;
    if (seen < 40) {
      ++dark;
      darkKept += text < 90 ? 1 : 0;
    }
  }
  EXPECT_GT(lifted, 1000) << "the seal's pixels";
  EXPECT_GT(darkKept, dark * 95 / 100);
}

}  // namespace
}  // namespace sohoa
