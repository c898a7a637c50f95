#include "samples/containers.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <cstdlib>

#include "tests/samples/support.h"
#include "tests/support/files.h"

namespace sohoa::samples {
namespace {

Image gradient() {
  Image image;
  image.width = 120;
  image.height = 80;
  image.data.resize(120 * 80 * 3);
  for (std::size_t i = 0; i < image.data.size(); ++i) {
    image.data[i] = static_cast<std::uint8_t>(i % 251);
  }
  return image;
}

TEST(Containers, JpegAndPngCarrySizeAndResolution) {
  const test::TemporaryFolder folder;
  writeFile(folder / "a.jpg", encodeJpeg(gradient(), 300, 70, true));
  writePng(folder / "b.png", gradient(), 200);
  for (const auto& [name, dpi] : {std::pair{"a.jpg", 300}, {"b.png", 200}}) {
    PIX* pix = pixRead((folder / name).c_str());
    ASSERT_NE(pix, nullptr) << name;
    EXPECT_EQ(pixGetWidth(pix), 120);
    EXPECT_EQ(pixGetHeight(pix), 80);
    EXPECT_EQ(pixGetXRes(pix), dpi);
    EXPECT_EQ(pixGetDepth(pix), 32);
    pixDestroy(&pix);
  }
}

TEST(Containers, ATiffHoldsColourAndGroup4PagesTogether) {
  const test::TemporaryFolder folder;
  const Image bilevel = blackAndWhite(gradient(), 128);
  writeTiff(folder / "s.tif", {{gradient(), 300, false, 70}, {bilevel, 600, true, 70}});
  PIXA* pages = pixaReadMultipageTiff((folder / "s.tif").c_str());
  ASSERT_NE(pages, nullptr);
  ASSERT_EQ(pixaGetCount(pages), 2);
  PIX* colour = pixaGetPix(pages, 0, L_CLONE);
  PIX* black = pixaGetPix(pages, 1, L_CLONE);
  EXPECT_EQ(pixGetDepth(colour), 32);
  EXPECT_EQ(pixGetDepth(black), 1);
  EXPECT_EQ(pixGetXRes(black), 600);
  l_uint32 value = 0;
  for (int x = 0; x < 120; ++x) {
    pixGetPixel(black, x, 40, &value);
    EXPECT_EQ(value == 1, bilevel.data[40 * 120 + static_cast<std::size_t>(x)] == 0);
  }
  pixDestroy(&colour);
  pixDestroy(&black);
  pixaDestroy(&pages);
}

TEST(Containers, AnIndependentReaderAcceptsThePdf) {
  if (std::system("command -v qpdf >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "qpdf is not installed";
  }
  const test::TemporaryFolder folder;
  PdfPage page;
  page.jpeg = encodeJpeg(gradient(), 300, 70, true);
  page.width = 120;
  page.height = 80;
  page.junk = {{"BO GIAO Dl)C (vA\\", 90, 700, 12}};
  writePdf(folder / "s.pdf", {page, page});
  EXPECT_EQ(std::system(("qpdf --check '" + (folder / "s.pdf").string() + "' >/dev/null").c_str()),
            0);
}

TEST(Containers, TheEnglishMisreadingIsAsciiAndNotTheText) {
  Random random(1);
  const std::string junk = englishMisreading("BỘ GIÁO DỤC VÀ ĐÀO TẠO", random);
  EXPECT_EQ(junk.find_first_of('\xE1'), std::string::npos);
  for (const char c : junk) {
    EXPECT_GT(c, 0) << junk;
  }
  EXPECT_EQ(junk.substr(0, 1), "B");
}

}  // namespace
}  // namespace sohoa::samples
