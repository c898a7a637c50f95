#include "pdf/incoming/incoming.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tiffio.h>
#include <unistd.h>

#include "tests/pdf/page_images.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::Picture;

class Incoming : public testing::Test {
 protected:
  Result<IncomingFile> inspect(const std::string& name, const std::string& bytes,
                               const IncomingLimits& limits = {}) {
    test::spill(folder_ / name, bytes);
    return inspectIncoming(folder_ / name, limits);
  }
  void expectCause(const std::string& name, const std::string& bytes, Cause cause,
                   const IncomingLimits& limits = {}) {
    const auto file = inspect(name, bytes, limits);
    ASSERT_FALSE(file) << name;
    EXPECT_EQ(codeOf(file.error().cause), codeOf(cause)) << name << ": " << file.error().detail;
    EXPECT_EQ(file.error().item, name);
    EXPECT_EQ(file.error().stage, Stage::intake);
  }
  PageImage page(const std::string& name, int index) {
    auto image = readIncomingPage(folder_ / name, index);
    EXPECT_TRUE(image) << name << ": " << image.error().detail;
    return image ? *image : PageImage{};
  }
  test::TemporaryFolder folder_;
};

const Picture& grey() {
  static const Picture picture(Picture::Kind::grey, 413, 585);
  return picture;
}
const Picture& colour() {
  static const Picture picture(Picture::Kind::colour, 413, 585);
  return picture;
}
const Picture& bilevel() {
  static const Picture picture(Picture::Kind::bilevel, 413, 585);
  return picture;
}

TEST_F(Incoming, ReadsJpegAsItIs) {
  const std::string bytes = colour().jpeg(300);
  for (const std::string name : {"a.jpg", "b.JPEG", "c.Jpg"}) {
    const auto file = inspect(name, bytes);
    ASSERT_TRUE(file) << name;
    EXPECT_EQ(file->kind, FileKind::jpeg);
    EXPECT_EQ(file->pageCount, 1);
    ASSERT_EQ(file->pages.size(), 1U);
    EXPECT_EQ(file->pages[0].width, 413);
    EXPECT_EQ(file->pages[0].height, 585);
    EXPECT_EQ(file->pages[0].xDpi, 300);
    EXPECT_FALSE(file->pages[0].dpiAssumed);
    EXPECT_EQ(page(name, 0).bytes, bytes);
  }
}

TEST_F(Incoming, ReadsPngAndItsResolution) {
  const std::string bytes = grey().png(300);
  const auto file = inspect("a.png", bytes);
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_EQ(file->kind, FileKind::png);
  EXPECT_NEAR(file->pages[0].xDpi, 300, 0.1);
  EXPECT_EQ(page("a.png", 0).bytes, bytes);
}

TEST_F(Incoming, ReadsExifResolution) {
  std::string bytes = grey().jpeg(300);
  // JFIF: density 1 x 1, unit 0: only a shape. EXIF: 118 per centimetre.
  bytes.replace(13, 5, std::string("\0\0\1\0\1", 5));
  const std::string exif(
      "Exif\0\0MM\0*\0\0\0\x08\0\x03"
      "\x01\x1A\0\x05\0\0\0\x01\0\0\0\x32"
      "\x01\x1B\0\x05\0\0\0\x01\0\0\0\x32"
      "\x01\x28\0\x03\0\0\0\x01\0\x03\0\0"
      "\0\0\0\0\0\0\0\x76\0\0\0\x01",
      6 + 8 + 2 + 36 + 4 + 8);
  const std::string size{'\0', static_cast<char>(exif.size() + 2)};
  bytes.insert(20, "\xFF\xE1" + size + exif);
  const auto file = inspect("a.jpg", bytes);
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_NEAR(file->pages[0].xDpi, 118 * 2.54, 0.01);
  EXPECT_FALSE(file->pages[0].dpiAssumed);
}

TEST_F(Incoming, ReadsEveryPageOfATiff) {
  const auto file =
      inspect("a.tiff", test::tiffOf({bilevel(), grey(), colour()}, 200, COMPRESSION_LZW));
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_EQ(file->kind, FileKind::tiff);
  ASSERT_EQ(file->pageCount, 3);
  EXPECT_NEAR(file->pages[1].xDpi, 200, 0.1) << "stated in centimetres";
  EXPECT_TRUE(samePixels(Picture::decode(page("a.tiff", 0).bytes), bilevel()));
  EXPECT_TRUE(samePixels(Picture::decode(page("a.tiff", 1).bytes), grey()));
  EXPECT_TRUE(samePixels(Picture::decode(page("a.tiff", 2).bytes), colour()));
  EXPECT_FALSE(readIncomingPage(folder_ / "a.tiff", 3));
  EXPECT_FALSE(readIncomingPage(folder_ / "a.tiff", -1));
}

TEST_F(Incoming, ReadsTheCompressionsOfTiff) {
  for (const int compression : {COMPRESSION_NONE, COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4,
                                COMPRESSION_PACKBITS, COMPRESSION_ADOBE_DEFLATE}) {
    const auto file = inspect("a.tif", bilevel().tiff(200, compression));
    ASSERT_TRUE(file) << compression << ": " << file.error().detail;
    EXPECT_TRUE(samePixels(Picture::decode(page("a.tif", 0).bytes), bilevel())) << compression;
  }
}

TEST_F(Incoming, JoinsTheJpegStripsOfATiffWithoutDecoding) {
  const std::string greyTiff = grey().tiff(200, COMPRESSION_JPEG);
  ASSERT_TRUE(inspect("a.tif", greyTiff));
  PageImage joined = page("a.tif", 0);
  EXPECT_EQ(joined.format, ImageFormat::jpeg);
  EXPECT_NEAR(joined.xDpi, 200, 0.1);
  EXPECT_TRUE(samePixels(Picture::decode(joined.bytes), Picture::decode(greyTiff)));
  // Readers smooth halved chroma across the strips' borders once these are joined: nearly equal.
  const std::string colourTiff = colour().tiff(200, COMPRESSION_JPEG);
  ASSERT_TRUE(inspect("b.tif", colourTiff));
  joined = page("b.tif", 0);
  EXPECT_EQ(joined.format, ImageFormat::jpeg);
  EXPECT_LT(joined.bytes.size(), colourTiff.size());
  EXPECT_GT(likeness(Picture::decode(joined.bytes), Picture::decode(colourTiff)), 45);
}

TEST_F(Incoming, SaysEmpty) { expectCause("a.jpg", "", Cause::fileEmpty); }

TEST_F(Incoming, SaysWrongTypeWhenNameAndContentDiffer) {
  expectCause("a.png", colour().jpeg(300), Cause::fileType);
  expectCause("a.pdf", colour().jpeg(300), Cause::fileType);
  expectCause("a.jpg", "%PDF-1.4\n", Cause::fileType);
  expectCause("a.docx", colour().jpeg(300), Cause::fileType);
  expectCause("a.tif", "GIF89a........", Cause::fileType);
  expectCause("a.jpg", "x", Cause::fileType);
  expectCause("jpg", colour().jpeg(300), Cause::fileType);
}

TEST_F(Incoming, SaysUnreadable) {
  const auto missing = inspectIncoming(folder_ / "none.jpg");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().cause, Cause::fileUnreadable);
  std::filesystem::create_directory(folder_ / "folder.jpg");
  EXPECT_EQ(inspectIncoming(folder_ / "folder.jpg").error().cause, Cause::fileUnreadable);
}

TEST_F(Incoming, SaysUnreadableWithoutPermission) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read a file without permissions";
  test::spill(folder_ / "locked.jpg", "x");
  std::filesystem::permissions(folder_ / "locked.jpg", std::filesystem::perms::none);
  EXPECT_EQ(inspectIncoming(folder_ / "locked.jpg").error().cause, Cause::fileUnreadable);
}

TEST_F(Incoming, SaysTruncatedWhereverTheFileIsCut) {
  const std::string jpeg = colour().jpeg(300), png = grey().png(300);
  const std::string tiff = test::tiffOf({grey(), bilevel()}, 200, COMPRESSION_ADOBE_DEFLATE);
  for (const double share : {0.02, 0.3, 0.6, 0.99}) {
    const auto cut = [&](const std::string& bytes) {
      return bytes.substr(0, static_cast<std::size_t>(static_cast<double>(bytes.size()) * share));
    };
    expectCause("a.jpg", cut(jpeg), Cause::fileTruncated);
    expectCause("a.png", cut(png), Cause::fileTruncated);
    expectCause("a.tif", cut(tiff), Cause::fileTruncated);
  }
  expectCause("b.jpg", jpeg.substr(0, jpeg.size() - 2), Cause::fileTruncated);
  expectCause("b.png", png.substr(0, png.size() - 1), Cause::fileTruncated);
}

TEST_F(Incoming, SaysTruncatedWhenAnEndMarkerWasPutAfterHalfAPicture) {
  const Picture large(Picture::Kind::grey, 2480, 3508);
  const std::string jpeg = large.jpeg(300);
  expectCause("a.jpg", jpeg.substr(0, 4000) + "\xFF\xD9", Cause::fileTruncated);
}

TEST_F(Incoming, SaysTruncatedWhenAPngChunkIsDamaged) {
  std::string png = grey().png(300);
  png[png.size() / 2] = static_cast<char>(png[png.size() / 2] ^ 1);
  expectCause("a.png", png, Cause::fileTruncated);
}

TEST_F(Incoming, SaysTooLargeFromTheHeaderAlone) {
  std::string png("\x89PNG\r\n\x1A\n", 8);
  const std::string header("\0\0\x9C\x40\0\0\0\x0A\x08\0\0\0\0", 13);  // 40,000 x 10
  png += test::pngChunk("IHDR", header) + test::pngChunk("IDAT", "x") + test::pngChunk("IEND", "");
  expectCause("a.png", png, Cause::imageTooLarge);
  std::string jpeg = grey().jpeg(300);
  const std::size_t frame = jpeg.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, std::string("\0\x10\x9C\x40", 4));  // 16 rows of 40,000
  expectCause("a.jpg", jpeg, Cause::imageTooLarge);
  IncomingLimits limits;
  limits.maxMegapixels = 0.2;
  expectCause("b.jpg", grey().jpeg(300), Cause::imageTooLarge, limits);
  expectCause("b.tif", grey().tiff(300, COMPRESSION_LZW), Cause::imageTooLarge, limits);
}

TEST_F(Incoming, SaysUnsupportedForWhatCannotBeDecoded) {
  std::string twelve = grey().jpeg(300);
  const std::size_t frame = twelve.find("\xFF\xC0");
  twelve[frame + 4] = 12;
  expectCause("a.jpg", twelve, Cause::imageUnsupported);
  std::string lossless = grey().jpeg(300);
  lossless[frame + 1] = '\xC3';
  expectCause("b.jpg", lossless, Cause::imageUnsupported);
  std::string animated = test::plainPng(100, 100, 8, 0);
  animated.insert(33, test::pngChunk("acTL", std::string(8, '\0')));
  expectCause("a.png", animated, Cause::imageUnsupported);
  expectCause("b.png", test::plainPng(100, 100, 3, 0), Cause::imageUnsupported);
}

TEST_F(Incoming, AcceptsEveryLegalPng) {
  struct Form {
    int bits, colourType;
  };
  for (const Form form :
       {Form{1, 0}, Form{2, 0}, Form{4, 0}, Form{8, 0}, Form{16, 0}, Form{8, 2}, Form{16, 2},
        Form{1, 3}, Form{8, 3}, Form{8, 4}, Form{16, 4}, Form{8, 6}, Form{16, 6}}) {
    const auto file = inspect("a.png", test::plainPng(300, 400, form.bits, form.colourType));
    EXPECT_TRUE(file) << form.bits << " bits, type " << form.colourType;
  }
}

}  // namespace
}  // namespace sohoa
