#include "scanner/page_encoder.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <cstdio>

#include <jpeglib.h>

namespace sohoa {
namespace {

RawSide colourSide(int width, int height) {
  RawSide side;
  side.width = width, side.height = height, side.channels = 3;
  side.xDpi = side.yDpi = 300;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      side.samples += static_cast<char>(x * 255 / width);
      side.samples += static_cast<char>(y * 255 / height);
      side.samples += static_cast<char>(x / 8 % 2 == 0 ? 0 : 255);
    }
  }
  return side;
}

PIX* decode(const PageImage& page) {
  return pixReadMem(reinterpret_cast<const l_uint8*>(page.bytes.data()), page.bytes.size());
}

TEST(PageEncoder, KeepsColoursAndResolutionOfAPage) {
  const RawSide side = colourSide(160, 120);
  const auto page = encodeSide(side, 92);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->format, ImageFormat::jpeg);
  PIX* pix = decode(*page);
  ASSERT_NE(pix, nullptr);
  EXPECT_EQ(pixGetWidth(pix), 160);
  EXPECT_EQ(pixGetHeight(pix), 120);
  EXPECT_EQ(pixGetXRes(pix), 300);
  EXPECT_EQ(pixGetYRes(pix), 300);
  for (const auto& [x, y] : {std::pair{20, 100}, {75, 50}, {140, 10}}) {
    l_int32 red = 0, green = 0, blue = 0;
    pixGetRGBPixel(pix, x, y, &red, &green, &blue);
    EXPECT_NEAR(red, x * 255 / 160, 12);
    EXPECT_NEAR(green, y * 255 / 120, 12);
    EXPECT_NEAR(blue, x / 8 % 2 == 0 ? 0 : 255, 40);
  }
  pixDestroy(&pix);
}

TEST(PageEncoder, DoesNotSubsampleColour) {
  const auto page = encodeSide(colourSide(64, 64), 92);
  ASSERT_TRUE(page);
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(page->bytes.data()),
               page->bytes.size());
  ASSERT_EQ(jpeg_read_header(&info, TRUE), JPEG_HEADER_OK);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(info.comp_info[i].h_samp_factor, 1);
    EXPECT_EQ(info.comp_info[i].v_samp_factor, 1);
  }
  jpeg_destroy_decompress(&info);
}

TEST(PageEncoder, KeepsEveryBitOfABlackAndWhitePage) {
  RawSide side;
  side.width = 107, side.height = 61, side.bits = 1;
  side.xDpi = 300, side.yDpi = 600;
  for (int i = 0; i < 14 * 61; ++i) side.samples += static_cast<char>(i * 37);
  const auto page = encodeSide(side, 92);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->format, ImageFormat::tiff);
  PIX* pix = decode(*page);
  ASSERT_NE(pix, nullptr);
  EXPECT_EQ(pixGetDepth(pix), 1);
  EXPECT_EQ(pixGetXRes(pix), 300);
  EXPECT_EQ(pixGetYRes(pix), 600);
  int wrong = 0;
  for (int y = 0; y < 61; ++y) {
    for (int x = 0; x < 107; ++x) {
      l_uint32 bit = 0;
      pixGetPixel(pix, x, y, &bit);
      const auto byte =
          static_cast<unsigned char>(side.samples[static_cast<std::size_t>(14 * y + x / 8)]);
      wrong += bit != (static_cast<unsigned>(byte) >> (7 - x % 8) & 1U) ? 1 : 0;
    }
  }
  EXPECT_EQ(wrong, 0);
  pixDestroy(&pix);
}

TEST(PageEncoder, RefusesSamplesThatMakeNoPicture) {
  RawSide side = colourSide(10, 10);
  side.samples.pop_back();
  const auto cut = encodeSide(side, 92);
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().cause, Cause::scanDeviceGone);
  EXPECT_FALSE(encodeSide(RawSide(), 92));
  RawSide wide = colourSide(10, 10);
  wide.width = 70000, wide.height = 1;  // JPEG ends at 65,535
  wide.samples.assign(210000, 'x');
  EXPECT_FALSE(encodeSide(wide, 92));
}

}  // namespace
}  // namespace sohoa
